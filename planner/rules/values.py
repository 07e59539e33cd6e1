"""The facts a gate is judged on: small frozen values, filled by planner.facts in a fixed number of queries."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from planner.rules.arrangement_words import Conflict, InterpreterSex
from planner.rules.clashes import ClashFact
from planner.rules.command_values import GoAheadFact, OverrideFact
from planner.rules.conference_values import ConferenceFact, SeatFact, UndertakingFact
from planner.rules.parameters import ParameterFact
from planner.rules.pauses import PauseFact
from planner.rules.policy_values import PolicyFact
from planner.rules.sharing import Sharing
from planner.rules.words import (
    ActionKind,
    ActionState,
    AgencyKind,
    ArrangementKind,
    ArrangementState,
    Children,
    ConditionState,
    Entries,
    Exploitation,
    HoldState,
    Immigration,
    Nation,
    Need,
    OfferState,
    Power,
    PremisesKind,
    Profile,
    SiteKind,
)


class ActionFact(NamedTuple):
    id: int
    reference: str
    operation_id: int
    kind: ActionKind
    premises_kind: PremisesKind
    premises_count: int
    premises_cell: str | None
    force_id: int
    region: str
    nation: Nation
    zone: str
    starts_at: datetime
    ends_at: datetime
    state: ActionState
    exploitation: Exploitation
    languages: str
    immigration: Immigration
    children: Children
    children_number: int
    children_reason: str | None
    children_agreed_by: str | None
    zero_demand_reason: str | None
    requested_by: int | None


class DemandFact(NamedTuple):
    profile: Profile
    need: Need
    low: int
    likely: int
    high: int


class LegalFact(NamedTuple):
    """The power; with `hearing_at` a warrant is only applied for. `expires_on` is the earliest of all that say."""

    power: Power
    statute: str
    reference: str
    issued_on: date | None
    expires_on: date | None
    entries: Entries
    spent_at: datetime | None
    hour_reason: str | None
    accompanying: str
    direction_reference: str | None
    hearing_at: datetime | None = None
    statute_months: int | None = None
    text_until: date | None = None
    all_premises: bool = False
    premises_authority: bool = False
    direction_asked_on: date | None = None
    direction_given_on: date | None = None
    former_reference: str | None = None


class RoleFact(NamedTuple):
    """A post the catalogue requires of this kind of action in this nation."""

    code: str
    title: str
    needed: int
    on_entry: bool
    needs_training: bool


class OfferFact(NamedTuple):
    id: int
    role: str
    role_title: str
    on_entry: bool
    needs_training: bool
    agency_id: int
    agency: str
    agency_kind: AgencyKind
    agency_nation: Nation | None
    agency_nations: str
    first_responder: bool
    lead_id: int
    state: OfferState
    concerns: str | None = None


class ConditionFact(NamedTuple):
    """`changed_to` is another wording that waits for the partner's word."""

    offer_id: int
    text: str
    state: ConditionState
    changed_to: str | None = None


class UnitFact(NamedTuple):
    site: SiteKind
    profiles: frozenset[Profile]
    needs: frozenset[Need]
    exploitations: frozenset[Exploitation]
    zones: frozenset[str]


class HoldFact(NamedTuple):
    """One line of a booking: places of one unit for one profile, for whole stays of `nights` from `first_night`.

    `request_id`: the same places are asked of several units at once, and are wanted once.
    """

    hold_id: int
    state: HoldState
    expires_at: datetime | None
    first_night: date
    nights: int
    unit_id: int
    profile: Profile
    need: Need
    places: int
    request_id: int | None = None


class ReserveFact(NamedTuple):
    """A share in a reserve of so many places, with the bookings that are confirmed for it."""

    reserve_id: int
    places: int
    holds: tuple[HoldFact, ...]


class ArrangementFact(NamedTuple):
    """What was arranged; without `from_at` or `until_at` it was confirmed for the action's own time."""

    id: int
    kind: ArrangementKind
    state: ArrangementState
    agency_id: int | None
    answered_post: str | None
    reference: str | None
    number: int
    languages: str
    telephone: bool
    site: SiteKind | None
    in_hours_post: str | None
    out_of_hours_post: str | None
    from_at: datetime | None
    until_at: datetime | None
    confirmed_at: datetime | None
    manager_post: str | None = None
    sex: InterpreterSex | None = None
    conflict_said: Conflict | None = None
    convenes: bool | None = None
    guardian_post: str | None = None
    arrives_minutes: int | None = None

    def stands(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Confirmed, and there from the start to the end."""
        begins = self.from_at is None or self.from_at <= starts_at
        lasts = self.until_at is None or self.until_at >= ends_at
        return self.state is ArrangementState.CONFIRMED and begins and lasts


class Stay(NamedTuple):
    """What a booking for an action must know of it: the little of its facts that says where, for whom, how long."""

    action: ActionFact
    policy: PolicyFact
    support_days: int | None


class Facts(NamedTuple):
    """Everything known about one action at `now`; tuples are empty where nothing is recorded.

    `holidays` are the bank holidays of its nation.
    """

    now: datetime
    action: ActionFact
    policy: PolicyFact
    holidays: frozenset[date]
    demand: tuple[DemandFact, ...]
    legal: LegalFact | None
    roles: tuple[RoleFact, ...]
    offers: tuple[OfferFact, ...]
    conditions: tuple[ConditionFact, ...]
    trained: frozenset[int]
    double_booked: frozenset[int]
    holds: tuple[HoldFact, ...]
    units: Mapping[int, UnitFact]
    reserves: tuple[ReserveFact, ...]
    support_days: int | None
    arrangements: tuple[ArrangementFact, ...]
    conference: ConferenceFact | None
    seats: tuple[SeatFact, ...]
    undertakings: tuple[UndertakingFact, ...]
    clash_ran_at: datetime | None
    clashes: tuple[ClashFact, ...]
    agreed: Sharing
    overrides: tuple[OverrideFact, ...]
    go_ahead: GoAheadFact | None
    parameters: tuple[ParameterFact, ...] = ()
    pauses: tuple[PauseFact, ...] = ()
