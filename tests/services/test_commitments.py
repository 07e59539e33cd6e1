"""A standing commitment accepts matching offers by itself: its days, its region, so many a day, and no further."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.directory import Appointment
from planner.models.records import Notice
from planner.models.roles import StandingCommitment
from planner.rules.words import Immigration, OfferState
from planner.services.answers import withdraw_acceptance
from planner.services.commitments import CommitRequest, end_commitment, make_commitment
from planner.services.moving import move_action
from planner.services.offers import AskRequest, OfferRequest, ask_agencies, offer_role
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.partners import a_lead, a_partner, offer_now

THURSDAY = 4  # the day of the world's action


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def committed(world: World, name: str = "partner", **changes: object) -> int:
    values: dict[str, object] = {
        "role": "first_responder",
        "region": "wm",
        "weekdays": (THURSDAY,),
        "per_day": 1,
        "valid_from": date(2026, 11, 1),
        "valid_to": date(2026, 12, 31),
    }
    with world.desk(name).writing() as work:
        return make_commitment(work, CommitRequest(**(values | changes))).id or 0  # type: ignore[arg-type]


def offered(world: World, reference: str = "WM-0001") -> int:
    with world.desk("silver").writing() as work:
        return offer_role(work, OfferRequest(reference, "first_responder", "ngo", reference)).id or 0


def test_a_matching_offer_is_accepted_at_once_in_the_leads_name(world: World) -> None:
    number = committed(world)

    offer = offer_now(world, offered(world))

    assert (offer.state, offer.commitment_id) == (OfferState.ACCEPTED, number)
    assert (offer.answered_by, offer.remind_at) == (world.people["partner"], None)


@pytest.mark.parametrize(
    "changes",
    [
        {"weekdays": (1, 2, 3, 5)},
        {"role": "medical_lead"},
        {"valid_to": date(2026, 11, 25)},
        {"valid_from": date(2026, 11, 27)},
    ],
)
def test_an_offer_outside_its_words_waits_for_an_answer(world: World, changes: dict[str, object]) -> None:
    if changes.get("role"):
        with pytest.raises(Refused, match="cannot be Medical lead"):
            committed(world, **changes)
    else:
        committed(world, **changes)

    assert offer_now(world, offered(world)).state is OfferState.OFFERED


def test_the_second_action_of_a_day_waits_where_one_a_day_was_given(world: World) -> None:
    an_action(world, "WM-0002", starts_at=DAWN + timedelta(hours=6), ends_at=DAWN + timedelta(hours=8))
    an_action(world, "WM-0003", starts_at=DAWN + timedelta(days=7), ends_at=DAWN + timedelta(days=7, hours=2))
    committed(world)

    states = [offer_now(world, offered(world, f"WM-000{number}")).state for number in (1, 2, 3)]

    assert states == [OfferState.ACCEPTED, OfferState.OFFERED, OfferState.ACCEPTED]


def test_immigration_officers_on_site_are_accepted_only_where_it_was_said(world: World) -> None:
    an_action(world, "WM-0002", immigration=Immigration.ON_SITE)
    committed(world)
    waits = offer_now(world, offered(world, "WM-0002")).state
    an_action(world, "WM-0003", immigration=Immigration.ON_SITE)
    committed(world, with_immigration=True)

    assert waits is OfferState.OFFERED
    assert offer_now(world, offered(world, "WM-0003")).state is OfferState.ACCEPTED


def test_what_it_accepted_is_taken_back_like_any_other_and_ends_with_it(world: World) -> None:
    number = committed(world)
    offer = offered(world)
    with world.desk("partner").writing() as work:
        withdraw_acceptance(work, offer, reason="We are ill.")
    with world.desk("partner").writing() as work:
        end_commitment(work, number)
    an_action(world, "WM-0002")

    assert offer_now(world, offer).state is OfferState.WITHDRAWN
    assert offer_now(world, offered(world, "WM-0002")).state is OfferState.OFFERED
    with pytest.raises(Refused, match="ended already"), world.desk("partner").writing() as work:
        end_commitment(work, number)


def test_a_move_to_a_day_it_covers_is_accepted_again_by_itself_and_to_another_is_asked(world: World) -> None:
    committed(world)
    offer = offered(world)

    with world.desk("silver").writing() as work:
        move_action(work, "WM-0001", DAWN + timedelta(days=7), DAWN + timedelta(days=7, hours=3), version=1)
    thursday = offer_now(world, offer).state
    with world.desk("silver").writing() as work:
        move_action(work, "WM-0001", DAWN + timedelta(days=8), DAWN + timedelta(days=8, hours=3), version=2)

    assert thursday is OfferState.ACCEPTED
    assert offer_now(world, offer).state is OfferState.OFFERED


def test_the_commitment_of_a_lead_who_left_accepts_nothing(world: World) -> None:
    committed(world)
    with world.database.write() as session:
        post = session.exec(select(Appointment).where(Appointment.person_id == world.people["partner"])).one()
        post.valid_to = NOW.date() - timedelta(days=1)
    a_lead(world, "successor", world.ngo)

    assert offer_now(world, offered(world)).state is OfferState.OFFERED


def test_of_two_committed_agencies_one_fills_the_single_seat(world: World) -> None:
    a_partner(world, "aid")
    committed(world)
    committed(world, "aid")

    with world.desk("silver").writing() as work:
        made = ask_agencies(work, AskRequest("WM-0001", "first_responder", ("ngo", "aid"), "ask"))
        states = sorted(offer.state for offer in made)

    assert states == [OfferState.ACCEPTED, OfferState.WITHDRAWN]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"weekdays": ()}, "at least one weekday"),
        ({"weekdays": (0, 8)}, "at least one weekday"),
        ({"per_day": 0}, "1 to 20 actions a day; you entered 0"),
        ({"valid_to": date(2026, 10, 1)}, "ends before it begins"),
        ({"valid_to": date(2029, 10, 1)}, "a year at most"),
    ],
)
def test_what_makes_no_commitment_is_refused(world: World, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        committed(world, **changes)


def test_planners_commit_nobody_and_strangers_end_nothing(world: World) -> None:
    number = committed(world)

    with pytest.raises(NotAllowed, match="own lead"):
        committed(world, "silver")
    with pytest.raises(NotFound) as hidden, world.desk("health").writing() as work:
        end_commitment(work, number)
    with pytest.raises(NotFound) as missing, world.desk("health").writing() as work:
        end_commitment(work, 987654)

    assert str(hidden.value) == str(missing.value)
    with world.desk("cell").reading() as look:
        assert look.session.get_one(StandingCommitment, number).ended_at is None


def test_who_said_yes_in_advance_is_told_once(world: World) -> None:
    committed(world)
    offered(world)

    with world.desk("cell").reading() as look:
        said = select(Notice.sentence).where(Notice.person_id == world.people["partner"])
        assert [text[:28] for text in look.session.exec(said)] == ["Your standing commitment acc"]
