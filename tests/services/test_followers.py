"""A change of an action asks again exactly those whom it concerns, and tells each what changed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.models.records import Notice
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.words import Children, Exploitation, Immigration, Marking, Need, OfferState, PremisesKind, Profile
from planner.services.actions import set_immigration
from planner.services.answers import answer_offer
from planner.services.demand import Line, set_children, set_demand
from planner.services.details import DetailsRequest, set_details
from planner.services.moving import move_action
from planner.work import Work
from tests.builders import DAWN, World, a_world, an_action
from tests.partners import an_offer, offer_now

POSTS = {
    "first_responder": ("ngo", "partner", "children"),
    "medical_lead": ("health", "health", "numbers"),
    "trained_officer": ("force", "officer", "premises|languages"),
}
REFERENCE = "WM-0001"


@pytest.fixture
def world(database: Database) -> World:
    """Three posts accepted, each answered on something else of the action."""
    world = a_world(database)
    an_action(world, children=Children.NONE, languages="Romanian")
    with database.write() as session:
        for role in session.exec(select(CatalogueRole)):
            role.concerns = POSTS[role.code][2]
            session.add(role)
    for code, (agency, lead, _) in POSTS.items():
        number = an_offer(world, role=code, agency=agency, key=code)
        with world.desk(lead).writing() as work:
            answer_offer(work, number, accept=True)
    return world


def details(**changes: object) -> DetailsRequest:
    values: dict[str, object] = {
        "premises_kind": PremisesKind.RESIDENTIAL,
        "premises_count": 1,
        "exploitation": Exploitation.SEXUAL,
        "languages": "Romanian",
        "intelligence_system": None,
        "intelligence_reference": None,
        "marking": Marking.OFFICIAL,
    }
    return DetailsRequest(**(values | changes))  # type: ignore[arg-type]


def a_move(work: Work) -> None:
    later = timedelta(days=1)
    move_action(work, REFERENCE, DAWN + later, DAWN + later + timedelta(hours=3), version=1)


def more_people(work: Work) -> None:
    set_demand(work, REFERENCE, [Line(Profile.WOMAN, Need.NONE, 0, 2, 4)])


@pytest.mark.parametrize(
    ("change", "asked", "because"),
    [
        (
            a_move,
            ["first_responder", "medical_lead", "trained_officer"],
            "The time was Thu 26 November, 06:00 to 09:00",
        ),
        (more_people, ["medical_lead"], "More people are expected than before."),
        (
            lambda work: set_children(work, REFERENCE, Children.EXPECTED, number=1),
            ["first_responder"],
            "What is known of children changed.",
        ),
        (
            lambda work: set_immigration(work, REFERENCE, Immigration.ON_SITE),
            ["first_responder", "medical_lead"],
            "Immigration enforcement is now on site.",
        ),
        (
            lambda work: set_details(work, REFERENCE, details(premises_count=3)),
            ["trained_officer"],
            "The premises are others than before.",
        ),
        (
            lambda work: set_details(work, REFERENCE, details(languages="Romanian, Albanian")),
            ["trained_officer"],
            "Another language is needed.",
        ),
        (lambda work: set_details(work, REFERENCE, details(exploitation=Exploitation.LABOUR)), [], ""),
    ],
    ids=["time", "numbers", "children", "immigration", "premises", "languages", "what no post is answered on"],
)
def test_those_whom_it_concerns_are_asked_again_and_told_what_changed(
    world: World, change: Callable[[Work], None], asked: list[str], because: str
) -> None:
    with world.desk("silver").writing() as work:
        change(work)

    with world.desk("cell").reading() as look:
        query = (
            select(CatalogueRole.code)
            .join(RoleOffer, col(RoleOffer.role_id) == col(CatalogueRole.id))
            .where(RoleOffer.state == OfferState.OFFERED)
        )
        assert sorted(look.session.exec(query)) == asked
        for code in asked:
            told = select(Notice.sentence).where(Notice.person_id == world.people[POSTS[code][1]])
            assert because in look.session.exec(told.order_by(col(Notice.id).desc())).first()
    for number in (1, 2, 3):
        offer = offer_now(world, number)
        assert (offer.asked_because is not None) is (offer.state is OfferState.OFFERED)
        assert (offer.remind_at is not None) is (offer.state is OfferState.OFFERED)


def test_what_falls_again_asks_nobody(world: World) -> None:
    with world.desk("silver").writing() as work:
        more_people(work)
    with world.desk("health").writing() as work:
        answer_offer(work, 2, accept=True)

    with world.desk("silver").writing() as work:
        set_demand(work, REFERENCE, [Line(Profile.WOMAN, Need.NONE, 0, 1, 2)])

    assert offer_now(world, 2).state is OfferState.ACCEPTED
