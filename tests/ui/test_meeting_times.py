"""Find a time on the form that convenes: the best three in words, the chosen one kept; impossible times refused."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.conferences import Conference
from planner.models.operations import Action
from planner.rules.dates import instant_words
from planner.rules.meeting_words import slot_words
from planner.rules.windows import local
from planner.views.meeting_times import TimesAsked, best_meeting_times
from planner.work import Desk
from tests.builders import World, an_action
from tests.ui.pages import opened, press

HOUR = timedelta(hours=1)


@pytest.fixture
def page(world: World) -> AppTest:
    soon = Desk(world.database, None).clock() + timedelta(days=14)
    an_action(world, starts_at=soon, ends_at=soon + 3 * HOUR)
    return opened(world, "action.py", reference="WM-0001", tab="Conference")


def find(page: AppTest) -> AppTest:
    return next(box for box in page.toggle if box.label == "Find a time").set_value(True).run()


def texts(page: AppTest) -> str:
    return "\n".join(item.value for item in [*page.text, *page.error, *page.warning])


def convened(world: World) -> list[str]:
    with world.database.read() as session:
        return [instant_words(row.starts_at) for row in session.exec(select(Conference))]


def test_the_best_three_are_choices_and_the_chosen_one_is_convened(world: World, page: AppTest) -> None:
    find(page)
    with Desk(world.database, world.people["silver"]).reading() as look:
        invited = ("force", "ngo", "health", "children")
        best = best_meeting_times(look, TimesAsked(("WM-0001",), invited)).slots
    (radio,) = [item for item in page.radio if item.label == "The best times"]
    shown = [option.replace("\\", "").replace("\u2060", "") for option in radio.options]
    radio.set_value(best[1].starts_at.isoformat()).run()

    press(page, "Convene")

    assert shown == [*map(slot_words, best), "Another time"]
    assert convened(world) == [instant_words(best[1].starts_at)]


def test_who_would_miss_is_named_and_nobody_who_must_come_is_a_sentence(world: World, page: AppTest) -> None:
    find(page)
    box = next(item for item in page.multiselect if item.label == "Who must come")
    box.set_value([]).run()
    nobody = texts(page)
    next(item for item in page.multiselect if item.label == "Who must come").set_value(["force"]).run()

    assert "Say who must come" in nobody
    assert "Hours not stated, weekdays 09:00 to 17:00 are taken: " in texts(page)
    assert not page.exception


@pytest.mark.parametrize(("month", "said"), [(3, "does not exist"), (10, "happens twice")])
def test_a_time_that_does_not_exist_or_happens_twice_is_refused_where_it_is_typed(
    world: World, page: AppTest, month: int, said: str
) -> None:
    now = local(Desk(world.database, None).clock())
    last, tomorrow = date(now.year + 1, month, 31), now.date() + timedelta(days=1)
    sunday = last - timedelta(days=last.isoweekday() % 7)
    next(item for item in page.date_input if item.label == "Day").set_value(sunday)
    next(item for item in page.time_input if item.label == "Starts at").set_value(time(1, 30))

    press(page, "Convene")

    assert f"01:30 {said} on {sunday.day} " in texts(page)
    assert convened(world) == []
    next(item for item in page.date_input if item.label == "Day").set_value(tomorrow)
    press(page, "Convene")
    assert len(convened(world)) == 1


def test_too_late_is_refused_with_the_latest_end_and_an_emergency_helps(world: World, page: AppTest) -> None:
    with world.database.read() as session:
        begins = local(session.exec(select(Action)).one().starts_at)
    page = next(item for item in page.date_input if item.label == "Day").set_value(begins.date()).run()
    late = begins - 4 * HOUR
    next(item for item in page.date_input if item.label == "Day").set_value(late.date())
    next(item for item in page.time_input if item.label == "Starts at").set_value(late.time().replace(second=0))
    press(page, "Convene")
    refused = texts(page)
    next(item for item in page.selectbox if item.label == "Kind").set_value("emergency").run()
    press(page, "Convene")

    assert "must be over 12 hours before its action" in refused
    assert len(convened(world)) == 1
