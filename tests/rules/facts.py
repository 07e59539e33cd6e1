"""The facts of one action with honest defaults, for checks that need only a few of them."""

from typing import Any

from planner.rules.policy_values import PolicyFact
from planner.rules.sharing import Sharing
from planner.rules.values import ActionFact, Facts, LegalFact, OfferFact, RoleFact
from planner.rules.words import (
    ActionKind,
    ActionState,
    AgencyKind,
    Children,
    Entries,
    Exploitation,
    Immigration,
    Nation,
    OfferState,
    Power,
    PremisesKind,
)
from tests.builders import DAWN, NOW

ACTION = ActionFact(
    id=1,
    reference="WM-0001",
    operation_id=1,
    kind=ActionKind.WARRANT,
    premises_kind=PremisesKind.RESIDENTIAL,
    premises_count=1,
    premises_cell=None,
    force_id=1,
    region="wm",
    nation=Nation.ENGLAND,
    zone="midlands",
    starts_at=DAWN,
    ends_at=DAWN,
    state=ActionState.PLANNED,
    exploitation=Exploitation.SEXUAL,
    languages="",
    immigration=Immigration.NOT_ATTENDING,
    children=Children.NONE,
    children_number=0,
    children_reason=None,
    children_agreed_by=None,
    zero_demand_reason=None,
    requested_by=None,
)
POLICY = PolicyFact(
    id=1,
    version=1,
    nights=3,
    whole_stay=False,
    blocks=frozenset({"roles", "legal_basis"}),
    quorum=3,
    conference_lead_hours=24,
    conference_lead_days=0,
    conference_emergency_hours=2,
    margin_hours=2,
    clash_check_hours=24,
)
WARRANT = LegalFact(
    power=Power.WARRANT,
    statute="Warrant",
    reference="W/1",
    issued_on=NOW.date(),
    expires_on=DAWN.date(),
    entries=Entries.ONE,
    spent_at=None,
    hour_reason=None,
    accompanying="",
    direction_reference=None,
)
LEAD, NGO = 7, 3


def a_role(code: str = "first_responder", **changes: Any) -> RoleFact:
    role = RoleFact(code, code.replace("_", " ").capitalize(), needed=1, on_entry=False, needs_training=False)
    return role._replace(**changes)


def an_offer(code: str = "first_responder", **changes: Any) -> OfferFact:
    """Accepted by a first-responder organisation of England, whose lead, number 7, has had the course it asks for."""
    offer = OfferFact(
        id=1,
        role=code,
        role_title=code.replace("_", " ").capitalize(),
        on_entry=False,
        needs_training=True,
        agency_id=NGO,
        agency="Hope",
        agency_kind=AgencyKind.NGO,
        agency_nation=Nation.ENGLAND,
        agency_nations="",
        first_responder=True,
        lead_id=LEAD,
        state=OfferState.ACCEPTED,
    )
    return offer._replace(**changes)


def some_facts(**changes: Any) -> Facts:
    """A warrant at dawn in England with one required post, accepted by a first-responder organisation."""
    facts = Facts(
        now=NOW,
        action=ACTION,
        policy=POLICY,
        holidays=frozenset(),
        demand=(),
        legal=WARRANT,
        roles=(a_role(),),
        offers=(an_offer(),),
        conditions=(),
        trained=frozenset({LEAD}),
        double_booked=frozenset(),
        holds=(),
        units={},
        reserves=(),
        support_days=None,
        arrangements=(),
        conference=None,
        seats=(),
        undertakings=(),
        clash_ran_at=None,
        clashes=(),
        agreed=Sharing({}, {}),
        overrides=(),
        go_ahead=None,
    )
    return facts._replace(**changes)
