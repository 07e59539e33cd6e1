"""An offer passes on within its agency, never round in a circle; its history outlives accounts."""

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotFound, Refused
from planner.models.directory import Appointment, Person
from planner.models.roles import OfferHandover
from planner.rules.role_words import HandoverKind
from planner.rules.words import OfferState, Post
from planner.services.accounts import add_account, close_account
from planner.services.answers import answer_offer
from planner.services.handovers import hand_over, name_deputy
from planner.views.handovers import handovers
from tests.builders import World, a_world, an_action
from tests.partners import a_lead, an_offer, offer_now

PARTNER = "Partner, West Midlands"


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    a_lead(world, "second", world.ngo)
    a_lead(world, "third", world.ngo)
    return world


def add_administrator(world: World) -> None:
    with world.database.write() as session:
        person = Person(title="Administrator", agency_id=world.ngo)
        session.add(person)
        session.flush()
        session.add(Appointment(person_id=person.id or 0, post=Post.ADMINISTRATOR))
        world.people["administrator"] = person.id or 0


def passed(world: World, number: int, name: str, to: str, reason: str = "On leave from Monday.") -> None:
    with world.desk(name).writing() as work:
        hand_over(work, number, f"{to.capitalize()}, West Midlands", reason)


def test_a_deputy_answers_beside_the_lead(world: World) -> None:
    offer = an_offer(world)

    with world.desk("partner").writing() as work:
        name_deputy(work, offer, "Second, West Midlands", version=1)
    with world.desk("second").writing() as work:
        answer_offer(work, offer, accept=True, version=2)

    now = offer_now(world, offer)
    assert (now.state, now.deputy_id, now.answered_by) == (
        OfferState.ACCEPTED,
        world.people["second"],
        world.people["second"],
    )


def test_a_handed_over_post_stays_accepted_and_the_former_lead_learns_no_more_of_it(world: World) -> None:
    offer = an_offer(world)
    with world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True)

    passed(world, offer, "partner", "second")

    now = offer_now(world, offer)
    assert (now.state, now.lead_id) == (OfferState.ACCEPTED, world.people["second"])
    with pytest.raises(NotFound), world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=False, reason="I am back.")


def test_a_post_does_not_go_round_in_a_circle(world: World) -> None:
    offer = an_offer(world)
    passed(world, offer, "partner", "second")
    passed(world, offer, "second", "third")

    with pytest.raises(Refused, match="does not go round in a circle"):
        passed(world, offer, "third", "partner")

    assert offer_now(world, offer).lead_id == world.people["third"]
    with world.desk("cell").reading() as look:
        rows = look.session.exec(select(OfferHandover).order_by(OfferHandover.id)).all()
    assert [(row.kind, row.from_id, row.to_id) for row in rows] == [
        (HandoverKind.HANDOVER, world.people["partner"], world.people["second"]),
        (HandoverKind.HANDOVER, world.people["second"], world.people["third"]),
    ]


def test_only_a_lead_of_the_same_agency_takes_a_post_and_only_with_a_reason(world: World) -> None:
    offer = an_offer(world)

    with pytest.raises(Refused, match="may not commit Ngo"):
        passed(world, offer, "partner", "health")
    with pytest.raises(InputError):
        passed(world, offer, "partner", "second", "")
    with pytest.raises(Refused, match="leads this post already"):
        passed(world, offer, "partner", "partner")

    assert offer_now(world, offer).lead_id == world.people["partner"]


def test_a_post_that_needs_a_course_passes_only_to_who_has_one(world: World) -> None:
    a_lead(world, "untrained", world.force)
    offer = an_offer(world, role="trained_officer", agency="force")
    with world.desk("officer").writing() as work:
        answer_offer(work, offer, accept=True)

    with pytest.raises(Refused, match="current course"):
        passed(world, offer, "officer", "untrained")

    assert offer_now(world, offer).lead_id == world.people["officer"]


def test_the_cell_passes_on_what_a_lead_who_left_still_held(world: World) -> None:
    offer = an_offer(world)

    passed(world, offer, "cell", "second", "The lead has left.")

    assert offer_now(world, offer).lead_id == world.people["second"]


def test_the_history_outlives_the_account_and_the_person(world: World) -> None:
    offer = an_offer(world)
    add_administrator(world)
    with world.desk("administrator").writing() as work:
        add_account(work, "partner", world.people["partner"], "a long enough password")
    passed(world, offer, "partner", "second")
    with world.desk("administrator").writing() as work:
        close_account(work, "partner", None)
    with world.database.write() as session:
        session.get_one(Person, world.people["partner"]).active = False

    with world.desk("silver").reading() as look:
        (row,) = handovers(look, "WM-0001")
    assert (row.before, row.after, row.reason) == (PARTNER, "Second, West Midlands", "On leave from Monday.")
