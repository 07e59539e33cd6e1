"""A few numbers side by side: a list of pairs, each word of it text."""

from datetime import timedelta

from planner.ui.figures import as_html
from planner.work import utc_now
from tests.builders import World, an_action
from tests.ui.calendars import read, said
from tests.ui.pages import opened


def test_each_number_has_its_name_and_a_name_is_text_whatever_it_looks_like() -> None:
    drawn = read(as_html([("Actions", 1822), ("<b>Ready</b>", 0)]))

    pairs = [(said(pair.find("dt")), said(pair.find("dd"))) for pair in drawn]
    assert pairs == [("Actions", "1822"), ("<b>Ready</b>", "0")]


def test_today_shows_the_week_in_four_numbers(world: World) -> None:
    soon = utc_now() + timedelta(days=3)
    an_action(world, "WM-0001", starts_at=soon, ends_at=soon + timedelta(hours=3))

    page = opened(world, "today.py")

    assert not page.exception
    (drawn,) = (item.proto.body for item in page.get("html") if item.proto.body.startswith('<dl class="figures">'))
    pairs = [(said(pair.find("dt")), said(pair.find("dd"))) for pair in read(drawn)]
    assert pairs == [("Actions", "1"), ("Ready", "0"), ("Waiting for partners", "1"), ("Overrides", "0")]
