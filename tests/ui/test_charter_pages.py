"""The partnership charter on pages: written by the cell, agreed to on My part or, by a force, on the Operation page."""

from typing import Any

from streamlit.testing.v1 import AppTest

from planner.rules.role_words import Workstream
from planner.services.charter import LineRequest, draft_charter, issue_charter, keep_line
from planner.views.charter import draft, issued
from tests.builders import World
from tests.ui.pages import opened, press
from tests.ui.tasks import tasks_of

CARE = LineRequest(Workstream.VICTIM_CARE, "ngo", ("Leads care.",), leads=True)
ENFORCES = LineRequest(Workstream.ENFORCEMENT, "force", ("Leads enforcement.",), leads=True)


def an_issued_charter(world: World) -> None:
    with world.desk("cell").writing() as work:
        draft_charter(work, "OP1")
    for part in (CARE, ENFORCES):
        with world.desk("cell").writing() as work:
            keep_line(work, "OP1", part)
    with world.desk("cell").writing() as work:
        issue_charter(work, "OP1")


def said(page: AppTest) -> str:
    return "\n".join(element.value for element in [*page.text, *page.markdown])


def buttons(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def field(page: AppTest, label: str) -> Any:
    everything = [*page.selectbox, *page.text_area, *page.checkbox]
    return next(item for item in everything if item.label == label)


def test_the_cell_writes_a_charter_line_by_line_and_issues_it(world: World) -> None:
    page = opened(world, "operation.py", "cell")
    assert "No charter is issued yet." in said(page)

    press(page, "Begin a new version")
    press(page, "Add this line")
    assert "Say in at least one plain sentence" in said(page)
    field(page, "Workstream").set_value(Workstream.VICTIM_CARE)
    field(page, "Agency that does it").set_value("ngo")
    field(page, "It leads this workstream").check()
    field(page, "What it does, one plain sentence a line").set_value("Leads care.\n\nKeeps the count.")
    press(page, "Add this line")
    assert "The line is kept in the draft." in said(page)
    press(page, "Issue version 1 to 1 agency")

    assert "0 of 1 agency has agreed; missing: Ngo." in said(page)
    with world.desk("cell").reading() as look:
        found = issued(look, world.operation)
        assert found is not None
        assert [line.responsibilities for line in found.lines] == ["Leads care.\nKeeps the count."]
        assert draft(look, world.operation) is None


def test_a_partner_agrees_with_one_button(world: World) -> None:
    an_issued_charter(world)
    page = opened(world, "my_part.py", "partner")
    assert "Operation One: what Ngo does, by version 1" in said(page)
    assert "Leads care." in said(page)
    assert "Leads enforcement." not in said(page)
    assert "Enforcement, every phase: Force" in said(page)

    press(page, "We will do this")

    assert "It is kept: Ngo will do its part." in said(page)
    assert "We will do this" not in buttons(page)
    assert any(item.label.startswith("Ngo agreed on ") for item in page.expander)


def test_a_forces_silver_agrees_on_the_operation_page_and_another_is_not_asked(world: World) -> None:
    an_issued_charter(world)
    assert "We will do this" not in buttons(opened(world, "operation.py", "other_silver"))
    page = opened(world, "operation.py", "silver")
    assert "0 of 2 agencies have agreed; missing: Force, Ngo." in said(page)
    assert "Begin a new version" not in buttons(page)

    press(page, "We will do this")

    assert "1 of 2 agencies have agreed; missing: Ngo." in said(page)


def test_a_partner_whom_no_charter_names_reads_nothing_of_it(world: World) -> None:
    an_issued_charter(world)

    page = opened(world, "my_part.py", "health")

    assert not page.exception
    assert "part" not in [header.value for header in page.header]
    assert "Leads care." not in said(page)


def test_today_leads_a_partner_to_the_answer(world: World) -> None:
    an_issued_charter(world)

    page = opened(world, "today.py", "partner")

    (task,) = [task for task in tasks_of(page) if task.verb == "Read it"]
    assert task.sentence == "Operation One: read what Ngo does, and agree to it."
