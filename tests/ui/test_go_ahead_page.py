"""Gold's one page as Gold uses it."""

import pytest
from streamlit.testing.v1 import AppTest

from planner.rules.findings import Finding, State
from planner.rules.words import ActionState, Immigration, Standing
from planner.services import actions, go_ahead
from planner.services.danger_to_life import DangerRequest, enter_for_danger
from planner.ui.gate import as_html
from planner.views.one_action import OneAction, one_action
from tests import ready
from tests.builders import DAWN, World, an_action
from tests.ui.calendars import read
from tests.ui.pages import opened, press

REFERENCE = "WM-0001"


@pytest.fixture
def asked(world: World) -> World:
    ready.make_ready(world)
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE, why_now="The warrant ends on Friday.")
    return world


def seen(world: World) -> OneAction:
    with world.desk("gold").reading() as look:
        return one_action(look, REFERENCE)


def said(page: AppTest) -> str:
    """What is read: in Markdown each mark of a sentence has a stroke before it."""
    lines = [element.value.replace("\\", "") for element in (*page.text, *page.markdown)]
    return "\n".join([*lines, *(" | ".join(row) for row in gate_rows(page))])


def gate_rows(page: AppTest) -> list[list[str]]:
    """The gate's table as it is read: state, check, what it says."""
    tables = [read(element.proto.body) for element in page.get("html") if 'aria-label="Checks"' in element.proto.body]
    return [["".join(cell.itertext()) for cell in row] for table in tables for row in table.findall("tbody/tr")]


def test_the_page_says_what_when_where_and_why_now(asked: World) -> None:
    page = opened(asked, "go_ahead.py", "gold", reference=REFERENCE)

    assert not page.exception
    assert "West Midlands · Force · Warrant, 1 residential premises" in said(page)
    assert "Why now: The warrant ends on Friday." in said(page)
    assert "You look at this for the first time." in said(page)


def test_an_unmet_check_says_who_mends_it_and_by_when(world: World) -> None:
    an_action(world)

    page = opened(world, "go_ahead.py", "gold", reference=REFERENCE)

    assert "No case conference is convened. → Cell: convene one, at once: it was due" in said(page) or (
        "No case conference is convened. → Cell: convene one, by" in said(page)
    )


def test_gold_gives_and_the_page_says_so(asked: World) -> None:
    page = opened(asked, "go_ahead.py", "gold", reference=REFERENCE)
    if "Give the go-ahead" in [button.label for button in page.button]:
        press(page, "Give the go-ahead")

    assert not page.exception


def test_a_press_on_what_changed_is_refused_and_says_what_changed(asked: World) -> None:
    page = opened(asked, "go_ahead.py", "gold", reference=REFERENCE)
    with asked.desk("silver").writing() as work:
        actions.set_immigration(work, REFERENCE, Immigration.ON_CALL)

    press(page, "Give the go-ahead")

    assert "changed while your page was open: Immigration enforcement at WM-0001: on call." in said(page)
    assert seen(asked).gate.standing is Standing.NONE


def test_silver_says_why_now_when_asking(world: World) -> None:
    an_action(world)
    page = opened(world, "action.py", reference=REFERENCE)
    next(box for box in page.text_input if box.label == "Why now").set_value("The house is full tonight.")

    press(page, "Ask for the go-ahead")

    one = seen(world)
    assert one.row.state is ActionState.REQUESTED
    assert one.asked is not None
    assert one.asked.why_now == "The house is full tonight."


def test_the_second_gold_who_gives_is_told_that_it_was_given_already(asked: World) -> None:
    page = opened(asked, "go_ahead.py", "gold", reference=REFERENCE)
    with asked.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE)

    press(page, "Give the go-ahead")

    assert "WM-0001 was decided on while your page was open." in said(page)
    page.run()
    assert "while your page was open" not in said(page)


def entered(world: World, reason: str = "Screams were heard.") -> None:
    with world.desk("silver", DAWN).writing() as work:
        enter_for_danger(work, DangerRequest(REFERENCE, "PACE 1984 s.17(1)(e)", DAWN, reason))


@pytest.mark.parametrize(("name", "page"), [("gold", "go_ahead.py"), ("silver", "action.py")])
def test_after_an_entry_for_danger_to_life_the_page_says_what_was_entered_and_what_is_mended(
    world: World, name: str, page: str
) -> None:
    an_action(world)
    entered(world)

    found = opened(world, page, name, reference=REFERENCE)

    assert "Entered for immediate danger to life" in [each.value for each in found.header]
    assert "To be mended after it" in [each.value for each in found.header]
    for sentence in (
        "Entered Thu 26 November, 06:00, under PACE 1984 s.17(1)(e).",
        "Why: Screams were heard.",
        "Written down by Silver, West Midlands, Thu 26 November, 06:00.",
        "Not asked any more: legal basis, ",
        "! To mend",
        "at once.",
    ):
        assert sentence in said(found), sentence
    assert "Not ready" not in said(found)
    assert "✕ Blocks" not in said(found)


def test_after_such_an_entry_gold_is_not_asked_for_a_go_ahead(world: World) -> None:
    an_action(world)
    entered(world, "")

    page = opened(world, "go_ahead.py", "gold", reference=REFERENCE)

    assert "There is no go-ahead to give any more: teams entered for immediate danger to life." in said(page)
    assert "Nobody has asked for the go-ahead yet." not in said(page)
    assert "Give the go-ahead" not in [button.label for button in page.button]


def test_what_was_there_already_stays_met(world: World) -> None:
    ready.make_ready(world)
    entered(world)

    page = opened(world, "go_ahead.py", "gold", reference=REFERENCE)

    mended = [line for line in said(page).splitlines() if "! To mend" in line]
    assert ["Region informed" in line for line in mended] == [True]
    assert "✓ Met | Care" in said(page)


HOSTILE = '<img src=x onerror=alert(1)> "![x](//e)" &amp; | </td><script>'


def test_a_check_is_words_whatever_they_look_like() -> None:
    plain, odd = (
        read(as_html([(Finding("legal_basis", State.UNMET, said), "blocks", said)])) for said in ("Words.", HOSTILE)
    )

    assert [(each.tag, each.attrib) for each in odd.iter()] == [(each.tag, each.attrib) for each in plain.iter()]
    (row,) = odd.findall("tbody/tr")
    assert ["".join(cell.itertext()) for cell in row] == ["✕ Blocks", "Legal basis", f"{HOSTILE} → {HOSTILE}"]
    assert [each.get("class") for each in row.iter("span")] == ["badge red"]


def test_every_part_of_the_gates_table_says_its_role_for_a_style_may_take_it_away(world: World) -> None:
    an_action(world)
    page = opened(world, "go_ahead.py", "gold", reference=REFERENCE)
    (body,) = (html.proto.body for html in page.get("html") if 'aria-label="Checks"' in html.proto.body)

    parts = {
        "table": "table",
        "thead": "rowgroup",
        "tbody": "rowgroup",
        "tr": "row",
        "td": "cell",
        "th": "columnheader",
    }
    found = [(each.tag, each.get("role")) for each in read(body).iter() if each.tag in parts]
    assert set(found) == set(parts.items())
    assert len(gate_rows(page)) > 10


def test_the_places_needed_and_confirmed_are_a_table_that_is_named(asked: World) -> None:
    page = opened(asked, "go_ahead.py", "gold", reference=REFERENCE)
    (body,) = (html.proto.body for html in page.get("html") if "rows-coverage" in html.proto.body)

    table = read(body)
    assert table.get("aria-label") == "Places needed, held and confirmed: table"
    assert [said.text for said in table.iter("th")] == ["Who", "Likely", "High", "Requested", "Held", "Confirmed"]
    assert [[said.text for said in row] for row in table.findall("table/tbody/tr")] == [
        ["Women", "2", "4", "0", "0", "2"]
    ]
