"""One post asked of several agencies: the first to accept fill it, or all are asked; the others are told politely."""

from datetime import timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.records import Notice
from planner.models.roles import RoleOffer
from planner.rules.words import AgencyKind, OfferState
from planner.services.answers import answer_offer, withdraw_acceptance
from planner.services.chasing import chase, chase_all
from planner.services.offers import AskRequest, ask_agencies
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.partners import a_partner, an_offer, offer_now

FIVE = ("ngo", "aid", "refuge", "outreach", "advocacy")


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    for code in FIVE[1:]:
        a_partner(world, code)
    an_action(world)
    return world


def ask(world: World, *agencies: str, first: bool = True, key: str = "ask") -> list[int]:
    with world.desk("silver").writing() as work:
        made = ask_agencies(work, AskRequest("WM-0001", "first_responder", agencies, key, first=first))
        return [offer.id or 0 for offer in made]


def told(world: World, name: str) -> list[str]:
    with world.desk("cell").reading() as look:
        query = select(Notice.sentence).where(Notice.person_id == world.people[name]).order_by(Notice.id)
        return list(look.session.exec(query))


def test_one_request_goes_to_five_partners_and_the_first_yes_fills_it(world: World) -> None:
    offers = ask(world, *FIVE)

    with world.desk("refuge").writing() as work:
        answer_offer(work, offers[2], accept=True, version=1)

    states = [offer_now(world, number) for number in offers]
    assert [offer.state for offer in states].count(OfferState.WITHDRAWN) == 4
    assert states[2].state is OfferState.ACCEPTED
    assert {offer.filled_by for offer in states} == {None, offers[2]}
    assert told(world, "aid")[-1] == (
        "Thank you: First responder in West Midlands on Thu 26 November is filled. Nothing more is asked of you."
    )


def test_who_comes_second_is_thanked_and_changes_nothing(world: World) -> None:
    offers = ask(world, "ngo", "aid")
    with world.desk("partner").writing() as work:
        answer_offer(work, offers[0], accept=True)

    with pytest.raises(Refused, match="filled by another agency first"), world.desk("aid").writing() as work:
        answer_offer(work, offers[1], accept=True, version=1)

    assert offer_now(world, offers[1]).state is OfferState.WITHDRAWN


def test_who_is_asked_beside_others_stays_asked_when_all_are_wanted(world: World) -> None:
    offers = ask(world, *FIVE, first=False)

    with world.desk("partner").writing() as work:
        answer_offer(work, offers[0], accept=True)

    assert [offer_now(world, number).state for number in offers[1:]] == [OfferState.OFFERED] * 4


def test_who_declined_and_can_after_all_comes_too_late_once_it_is_filled(world: World) -> None:
    offers = ask(world, "ngo", "aid")
    with world.desk("aid").writing() as work:
        answer_offer(work, offers[1], accept=False, reason="Nobody is free.")
    with world.desk("partner").writing() as work:
        answer_offer(work, offers[0], accept=True)

    with pytest.raises(Refused, match="is filled meanwhile"), world.desk("aid").writing() as work:
        answer_offer(work, offers[1], accept=True)
    with world.desk("partner").writing() as work:
        withdraw_acceptance(work, offers[0], reason="We are ill.")
    with world.desk("aid").writing() as work:
        answer_offer(work, offers[1], accept=True)

    assert offer_now(world, offers[1]).state is OfferState.ACCEPTED


def test_a_double_click_asks_once_and_another_form_with_the_same_key_is_refused(world: World) -> None:
    first = ask(world, "ngo", "aid")

    assert ask(world, "ngo", "aid") == first
    with pytest.raises(Refused, match="other answers"), world.desk("silver").writing() as work:
        ask_agencies(work, AskRequest("WM-0001", "medical_lead", ("health",), "ask"))


def test_one_agency_that_may_not_fill_the_post_and_none_is_asked(world: World) -> None:
    a_partner(world, "lawyers", AgencyKind.PROSECUTOR)

    with pytest.raises(Refused, match="Lawyers cannot be First responder"):
        ask(world, "ngo", "lawyers")

    with world.desk("cell").reading() as look:
        assert look.session.exec(select(RoleOffer)).all() == []


def test_nobody_and_a_time_that_is_past_are_refused(world: World) -> None:
    with pytest.raises(InputError, match="at least one agency"):
        AskRequest("WM-0001", "first_responder", (), "k")
    with pytest.raises(InputError, match="is past"), world.desk("silver").writing() as work:
        ask_agencies(
            work, AskRequest("WM-0001", "first_responder", ("ngo",), "k", answer_by=NOW - timedelta(minutes=1))
        )


def test_an_answer_after_the_action_began_or_passed_is_refused_with_whom_to_ring(world: World) -> None:
    offer = an_offer(world)

    late = world.desk("partner", DAWN + timedelta(hours=3))
    with pytest.raises(Refused, match="ring the planners"), late.writing() as work:
        answer_offer(work, offer, accept=True)
    with world.desk("partner", DAWN - timedelta(minutes=1)).writing() as work:
        answer_offer(work, offer, accept=True)

    assert offer_now(world, offer).state is OfferState.ACCEPTED


def test_twice_from_two_devices_is_one_answer(world: World) -> None:
    offer = an_offer(world)
    with world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True, version=1)

    with pytest.raises(Stale, match="it is now accepted"), world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=False, reason="Other hand.", version=1)

    assert offer_now(world, offer).state is OfferState.ACCEPTED


def test_a_no_may_say_what_would_do_instead(world: World) -> None:
    offer = an_offer(world)

    with world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=False, proposal="We can on Friday, or ask our sister office.")

    assert offer_now(world, offer).proposal == "We can on Friday, or ask our sister office."
    assert offer_now(world, offer).state is OfferState.DECLINED


def test_a_condition_of_ten_thousand_characters_is_refused_with_its_length_and_nothing_is_kept(world: World) -> None:
    offer = an_offer(world)

    with pytest.raises(InputError, match="10,000"), world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True, conditions=["x" * 10_000])

    assert offer_now(world, offer).state is OfferState.OFFERED


def test_silver_chases_once_an_hour_and_the_deputy_hears_it_too(world: World) -> None:
    offer = an_offer(world)

    with world.desk("silver").writing() as work:
        chase(work, offer)
    with pytest.raises(Refused, match="reminded at 09:00"), world.desk("silver").writing() as work:
        chase(work, offer)
    with world.desk("silver", NOW + timedelta(hours=1)).writing() as work:
        chase(work, offer)

    waits = "The planners wait for your answer: First responder, by Wed 25 November, 09:00."
    assert told(world, "partner").count(waits) == 2


def test_another_forces_silver_chases_nothing_and_learns_nothing(world: World) -> None:
    offer = an_offer(world)

    with pytest.raises(NotFound) as hidden, world.desk("other_silver").writing() as work:
        chase(work, offer)
    with pytest.raises(NotFound) as missing, world.desk("other_silver").writing() as work:
        chase(work, 987654)

    assert str(hidden.value) == str(missing.value)


def test_several_waiting_posts_are_one_reminder_and_nothing_is_left_for_the_next_hour(world: World) -> None:
    an_action(world, "WM-0002")
    offers = [an_offer(world), *ask(world, "aid", first=False)]
    with world.desk("silver").writing() as work:
        offers += [
            offer.id or 0 for offer in ask_agencies(work, AskRequest("WM-0002", "first_responder", ("ngo",), "second"))
        ]

    with world.desk("silver").writing() as work:
        assert chase_all(work, offers) == 3
    with pytest.raises(Refused, match="Nothing is left"), world.desk("silver").writing() as work:
        chase_all(work, offers)

    waits = "The planners wait for 2 answers of yours, the first by Wed 25 November, 09:00: First responder."
    assert told(world, "partner")[-1] == waits
    assert "1 answer of yours" in told(world, "aid")[-1]


@pytest.mark.parametrize(("offers", "error"), [([], InputError), ([987654], NotFound)])
def test_nothing_chosen_and_what_is_missing_remind_nobody(
    world: World, offers: list[int], error: type[Exception]
) -> None:
    waits = [an_offer(world)] if offers else []

    with pytest.raises(error), world.desk("silver").writing() as work:
        chase_all(work, [*waits, *offers])

    assert not any("wait for" in sentence for sentence in told(world, "partner"))
