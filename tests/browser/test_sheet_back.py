"""A sheet in a browser: exported, edited, chosen again; what is shown, listed and done, at a desk and on a phone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext
from sqlmodel import select

from planner.models.operations import Action
from planner.outputs.boards.actions import COLUMNS
from tests.browser.conftest import DESK, PHONE, axe_findings, settled
from tests.browser.stage import enter, exercise_at
from tests.browser.walk import PATIENCE_MS, Exercise, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
HEAD = 6  # five lines, then the names


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("sheet"), actions=60) as found:
        yield found


def edit(path: Path, premises: int) -> str:
    """The first action that is planned is at so many premises; which it is."""
    book = load_workbook(path)
    table = book.worksheets[0]
    state, reference, count = (COLUMNS.index(name) + 1 for name in ("State", "Planner reference", "Number of premises"))
    row = next(row for row in range(HEAD + 1, table.max_row + 1) if table.cell(row, state).value == "Planned")
    table.cell(row, count).value = premises
    book.save(path)
    return str(table.cell(row, reference).value)


@pytest.mark.parametrize(("size", "premises"), [(DESK, 5), (PHONE, 6)], ids=["desk", "phone"])
def test_what_was_edited_is_shown_listed_and_done(
    at_width: Callable[..., BrowserContext],
    exercise: Exercise,
    tmp_path: Path,
    size: tuple[int, int],
    premises: int,
) -> None:
    context = enter(at_width(size), exercise, "silver")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    silver, file = Visitor(page, exercise.address), tmp_path / "actions.xlsx"
    taken = context.request.get(f"{exercise.address}/files/table/actions.xlsx/To edit it")
    file.write_bytes(taken.body())
    reference = edit(file, premises)

    silver.open("actions?tab=Import a spreadsheet")
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_text("0 new, 1 changed").wait_for()
    differs = page.get_by_role("row").filter(has_text="Number of premises").filter(has_text=reference)
    assert differs.last.inner_text().split()[-1] == str(premises)
    assert axe_findings(page) == []
    silver.press("List what follows")
    page.get_by_text("The premises are others than before.").wait_for()
    settled(page)
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    silver.press("Do exactly this")
    silver.is_told("The actions are imported: 0 new, 1 changed.")
    page.get_by_text("everything is as the file says already").wait_for()

    with exercise.database.read() as session:
        assert session.exec(select(Action).where(Action.reference == reference)).one().premises_count == premises
