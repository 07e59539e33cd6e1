"""Times to meet: what agencies are busy with counts and is not told, and only who may convene may ask."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound
from planner.models.conferences import Attendance
from planner.models.reference import BankHoliday
from planner.rules.access import HIDDEN_PROVIDER
from planner.rules.dates import instant_words
from planner.rules.invitation_words import InvitationAnswer
from planner.rules.meeting_words import slot_words
from planner.rules.words import ConferenceKind, Nation
from planner.services import answers, availability, conferences, offers
from planner.views.conferences import seats
from planner.views.meeting_times import Times, TimesAsked, best_meeting_times
from planner.work import Desk
from tests.benchmarks.gates import kept_statements
from tests.builders import DAWN, NOW, World, a_world, an_action

HOUR = timedelta(hours=1)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def times(world: World, *required: str, name: str = "silver", **asked: object) -> Times:
    with world.desk(name).reading() as look:
        return best_meeting_times(look, TimesAsked(("WM-0001",), required, **asked))  # type: ignore[arg-type]


def starts(found: Times) -> list[str]:
    return [f"{instant_words(slot.starts_at)}" for slot in found.slots]


def a_conference(world: World, *invited: str, at: datetime = NOW, key: str = "k1") -> int:
    with world.desk("cell").writing() as work:
        request = conferences.ConveneRequest(("WM-0001",), at, at + HOUR, invited, key)
        return conferences.convene(work, request).id or 0


def test_the_earliest_times_stand_beside_who_stated_no_hours(world: World) -> None:
    with world.desk("cell").writing() as work:
        said = availability.AvailabilityRequest("12345", time(10), time(16))
        availability.set_availability(work, "health", said)

    found = times(world, "force", "health", others=("ngo",))

    assert starts(found) == [f"Tue 24 November, {at}" for at in ("10:00", "10:15", "10:30")]
    assert (found.not_stated, found.sentence) == (("Force", "Ngo"), "")
    assert slot_words(found.slots[0]) == "Tue 24 November, 10:00 to 11:00 — everybody can come"


def test_another_conference_takes_its_time_unless_one_declined_or_it_is_the_one_that_moves(world: World) -> None:
    number = a_conference(world, "force", "health")

    assert starts(times(world, "health"))[0] == "Tue 24 November, 10:00"
    assert starts(times(world, "ngo"))[0] == "Tue 24 November, 09:00"
    assert starts(times(world, "health", moving=number))[0] == "Tue 24 November, 09:00"
    with world.database.write() as session:
        for seat in session.exec(select(Attendance)):
            seat.answer = InvitationAnswer.DECLINED
    assert starts(times(world, "health"))[0] == "Tue 24 November, 09:00"


def test_an_accepted_post_takes_the_time_of_its_action_and_nobody_is_told_which(world: World) -> None:
    an_action(world, "WM-0002", starts_at=NOW + HOUR / 2, ends_at=NOW + 5 * HOUR / 2)
    with world.desk("silver").writing() as work:
        request = offers.OfferRequest("WM-0002", "medical_lead", "health", "offer")
        number = offers.offer_role(work, request).id or 0
    before = starts(times(world, "health"))[0]
    with world.desk("health").writing() as work:
        answers.answer_offer(work, number, accept=True)

    found = times(world, "health", others=("force",))

    assert (before, starts(found)[0]) == ("Tue 24 November, 09:00", "Tue 24 November, 11:30")
    assert "WM-0002" not in repr(found)


def test_where_somebody_must_miss_they_are_named(world: World) -> None:
    with world.desk("cell").writing() as work:
        nights = availability.AvailabilityRequest("12345", time(19), time(20))
        availability.set_availability(work, "health", nights)

    found = times(world, "force", "ngo", "health", others=("children",))

    assert found.sentence.startswith("There is no time at which all who must come are free.")
    assert slot_words(found.slots[0]).endswith("09:00 to 10:00 — Health would miss, who must come")


def test_it_is_over_before_the_lead_of_the_kind_and_bank_holidays_are_those_of_the_nation(world: World) -> None:
    with world.database.write() as session:
        for nation, day in ((Nation.ENGLAND, date(2026, 11, 24)), (Nation.SCOTLAND, date(2026, 11, 25))):
            session.add(BankHoliday(nation=nation, day=day, title="A day", source="gov.uk", source_date="2026"))

    found, late = times(world, "force", minutes=480), times(world, "force", from_day=date(2026, 11, 26))
    urgent = times(world, "force", from_day=date(2026, 11, 26), kind=ConferenceKind.EMERGENCY)

    assert (starts(found), found.latest.ends_at) == (["Wed 25 November, 09:00"], DAWN - 12 * HOUR)
    assert (late.slots, late.sentence) == (
        (),
        "A planned conference must be over 12 hours before WM-0001 begins, and no 60 minutes are left until then. "
        "End it by Wed 25 November, 18:00, or convene an emergency conference.",
    )
    assert urgent.sentence.startswith(
        "None of those who must come is free for 60 minutes until Thu 26 November, 04:00."
    )


def test_who_may_not_convene_learns_nothing(world: World) -> None:
    with pytest.raises(NotAllowed, match="You cannot convene a conference here"):
        times(world, "force", name="gold")
    for name in ("other_silver", "partner", "provider", "stranger"):
        with pytest.raises(NotFound) as denied:
            times(world, "force", name=name)
        assert str(denied.value) == "There is no action WM-0001, or none that you can open."
    with Desk(world.database, None, lambda: NOW).reading() as look:
        assert best_meeting_times(look, TimesAsked(("WM-0001",), ("force",))).slots


def test_a_providers_name_stays_hidden_from_who_may_not_know_it(world: World) -> None:
    number = a_conference(world, "force", "provider")
    with world.desk("silver").reading() as look:
        (seat,) = [row.code for row in seats(look, number) if row.agency == HIDDEN_PROVIDER]

    with pytest.raises(NotFound) as hidden:
        times(world, "provider")
    with pytest.raises(NotFound) as missing:
        times(world, "nobody")
    with pytest.raises(NotFound):
        times(world, seat)
    moved = times(world, "force", seat, moving=number)

    assert str(hidden.value).replace("provider", "nobody") == str(missing.value)
    assert moved.not_stated == ("Force", HIDDEN_PROVIDER)
    assert times(world, "force", "provider", name="cell").not_stated == ("Force", "Provider")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (((), ("force",), (), 60), "at least one action"),
        ((("WM-0001",), (), (), 60), "Say who must come"),
        ((("WM-0001",), ("force",), (), 5), "Give 15 to 480"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(
    asked: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int], said: str
) -> None:
    assert TimesAsked(("WM-0001",), ("force",))
    with pytest.raises(InputError, match=said):
        TimesAsked(*asked)


def test_it_asks_a_fixed_number_of_queries(world: World) -> None:
    for number in range(2, 6):
        an_action(world, f"WM-000{number}", starts_at=DAWN + number * HOUR / 2)
    every = tuple(f"WM-000{number}" for number in range(1, 6))

    with world.desk("cell").reading() as look:
        with kept_statements(world.database) as of_one:
            best_meeting_times(look, TimesAsked(("WM-0001",), ("force",)))
        with kept_statements(world.database) as of_many:
            best_meeting_times(look, TimesAsked(every, ("force", "ngo", "health"), ("children", "other_force")))

    assert len(of_many) == len(of_one)
