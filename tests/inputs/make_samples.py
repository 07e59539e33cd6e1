"""Writes the templates and one sample file of each error: `python -m tests.inputs.make_samples`."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from planner.inputs.action_columns import ACTIONS
from planner.inputs.agencies import AGENCIES
from planner.inputs.availability import AVAILABILITY
from planner.inputs.columns import Layout
from planner.inputs.providers import PROVIDERS
from planner.inputs.workbooks import NOTES
from planner.settings import ROOT
from tests.inputs.files import SAVED, a_csv, an_archive, an_xlsx

TEMPLATES = ROOT / "data" / "templates"
ERRORS = TEMPLATES / "errors"

HEADINGS = ["Reference", "Force", "Date", "Start", "End", "Kind", "Premises"]
GOOD = ["EX-1", "GLO", "14/01/2027", "06:00", "08:30", "warrant", "residential"]

EXAMPLE_ACTIONS: list[dict[str, Any]] = [
    {
        **{"reference": "EXAMPLE-1", "force": "GLO", "date": date(2027, 1, 14), "start": time(6), "end": time(8, 30)},
        **{"kind": "warrant", "premises": "parlour or sauna", "premises_count": 1, "exploitation": "sexual"},
        **{"woman_low": 0, "woman_likely": 1, "woman_high": 4, "child_low": 0, "child_likely": 0, "child_high": 1},
        **{"intelligence_system": "HOLMES", "intelligence_reference": "EX/0001", "languages": "Romanian; Albanian"},
        **{"marking": "OFFICIAL-SENSITIVE"},
    },
    {
        **{
            "reference": "EXAMPLE-2",
            "force": "Police Service of Scotland",
            "date": date(2027, 1, 20),
            "start": time(22, 30),
        },
        **{"end": time(1), "end_date": date(2027, 1, 21), "kind": "visit", "premises": "workplace"},
        **{"premises_count": 2, "exploitation": "labour", "man_low": 0, "man_likely": 2, "man_high": 5},
    },
    {
        **{"reference": "EXAMPLE-3", "force": "BTP", "region": "South West", "date": date(2027, 2, 3)},
        **{"start": time(5), "end": time(11), "kind": "port", "premises": "port"},
    },
]
EXAMPLE_AGENCIES: list[dict[str, Any]] = [
    {
        **{"code": "EXAMPLE-NGO", "name": "Example charity (fictional)", "kind": "ngo", "nation": "England; Wales"},
        **{"first_responder": "yes", "fictional": "yes"},
    },
    {
        **{"code": "EXAMPLE-COUNCIL", "name": "Example council (fictional)", "kind": "local authority"},
        **{"nation": "Scotland", "region": "Scotland", "fictional": "yes"},
    },
    {
        **{"code": "EXAMPLE-INTERP", "name": "Example interpreters (fictional)", "kind": "interpreters"},
        **{"nation": "UK", "fictional": "yes"},
    },
]
EXAMPLE_PROVIDERS: list[dict[str, Any]] = [
    {
        **{"provider_code": "EXAMPLE-HOUSE", "provider_name": "Example House (fictional)", "unit": "EXAMPLE-HOUSE-A"},
        **{"accepts": "woman; family", "zones": "england_south; wales", "places": 4, "site": "safe house"},
        **{"needs": "wheelchair", "unit_name": "Example House A (fictional)", "fictional": "yes"},
    },
    {
        **{"provider_code": "EXAMPLE-FOSTER", "provider_name": "Example fostering (fictional)", "unit": "EXAMPLE-F1"},
        **{"accepts": "child", "zones": "scotland", "places": 2, "site": "foster"},
        **{"exploitation": "sexual; labour; domestic; unknown", "fictional": "yes"},
    },
]
EXAMPLE_HOURS: list[dict[str, Any]] = [
    {"agency": "EXAMPLE-NGO", "weekdays": "Mon-Fri", "opens": time(9), "closes": time(17), "actions_a_day": 2},
    {
        **{"agency": "EXAMPLE-COUNCIL", "weekdays": "every day", "opens": time(0), "closes": time(0)},
        "bank_holidays": "yes",
    },
    {"agency": "EXAMPLE-INTERP", "weekdays": "Tue; Thu; Sat", "opens": time(18), "closes": time(2)},
]

EXAMPLES: tuple[tuple[Layout, list[dict[str, Any]]], ...] = (
    (ACTIONS, EXAMPLE_ACTIONS),
    (AGENCIES, EXAMPLE_AGENCIES),
    (PROVIDERS, EXAMPLE_PROVIDERS),
    (AVAILABILITY, EXAMPLE_HOURS),
)
ABOUT = (
    "CSV or Excel workbooks (.xlsx, the first sheet). Columns may stand in any order and under other headings: choose",
    "on the page which holds what. Every line is written or none. A second import of the same file changes nothing.",
    "Names and details of victims or suspects, intelligence content and addresses are neither read nor kept.",
    "",
    "A blank cell of something new means what the table says. Of something that is there it means, in a file of your",
    "own, that it stays as it is; when agencies can be asked is said anew by each line, blank cells included. In a",
    "line of an exported sheet a blank cell was cleared: languages, intelligence, exploitation, people and needs go",
    "with it, as the table says, and what cannot be without a value is refused. A column that is gone says nothing.",
    "",
    "The first line of a template is its marking: OFFICIAL, while it is empty. Whoever fills it in marks the filled-in",
    "file there, as high as what it holds, with its handling instructions: OFFICIAL-SENSITIVE - RECIPIENTS ONLY. An",
    "import passes that line over, as it does a title of one cell above the names and the lines that the tables which",
    "leave Threshold begin with; an action's own marking stands in its column. A file marked SECRET is refused: use a",
    "system accredited for it.",
)

# Each sample is a heading line, one sound line, and the line or lines that are wrong.
BAD_LINES: dict[str, list[list[str]]] = {
    "unknown_force": [["EX-2", "Glostershire", *GOOD[2:]]],
    "force_of_every_nation_without_region": [["EX-2", "BTP", *GOOD[2:]]],
    "date_that_does_not_exist": [["EX-2", "GLO", "30/02/2027", *GOOD[3:]]],
    "month_first_date": [["EX-2", "GLO", "01/14/2027", *GOOD[3:]]],
    "two_digit_year": [["EX-2", "GLO", "14/01/27", *GOOD[3:]]],
    "date_in_words": [["EX-2", "GLO", "next Tuesday", *GOOD[3:]]],
    "date_before_operation": [["EX-2", "GLO", "14/01/2020", *GOOD[3:]]],
    "date_after_operation": [["EX-2", "GLO", "14/01/2030", *GOOD[3:]]],
    "end_before_start": [["EX-2", "GLO", "14/01/2027", "08:30", "06:00", *GOOD[5:]]],
    "time_that_does_not_exist": [["EX-2", "GLO", "14/01/2027", "25:00", "26:00", *GOOD[5:]]],
    "clocks_go_forward": [["EX-2", "GLO", "28/03/2027", "01:30", "06:00", *GOOD[5:]]],
    "clocks_go_back": [["EX-2", "GLO", "25/10/2026", "01:30", "06:00", *GOOD[5:]]],
    "unknown_kind": [["EX-2", *GOOD[1:5], "raid", "residential"]],
    "unknown_premises": [["EX-2", *GOOD[1:6], "castle"]],
    "empty_cell": [["EX-2", "", *GOOD[2:]]],
    "reference_with_content": [["=1+1", *GOOD[1:]], ["EX 3: see the file!", *GOOD[1:]]],
    "duplicate_reference": [["EX-2", *GOOD[1:]], ["ex-1", *GOOD[1:]]],
    "surplus_cell": [["EX-2", *GOOD[1:], "residential", "x"]],
    "several_faults_in_one_line": [["EX-2", "Nowhere", "31/04/2027", "6am", "08:30", "warrant", ""]],
}
BAD_WITH_MORE_COLUMNS: dict[str, tuple[list[str], list[str]]] = {
    "unknown_region": (["Region"], ["Mercia"]),
    "negative_number": (["Number of premises"], ["-2"]),
    "text_for_a_number": (["Number of premises"], ["two"]),
    "number_out_of_range": (["Number of premises"], ["5000"]),
    "demand_incomplete": (["Women low", "Women likely", "Women high"], ["0", "", "4"]),
    "demand_falling": (["Women low", "Women likely", "Women high"], ["3", "1", "4"]),
    "intelligence_without_system": (["Intelligence system", "Intelligence reference"], ["", "EX/0002"]),
    "not_a_language": (["Languages"], ["Romanian; 0800 555"]),
    "secret_marking": (["Marking"], ["SECRET"]),
    "unknown_marking": (["Marking"], ["RESTRICTED"]),
    "excel_error": (["Number of premises"], ["#REF!"]),
}
UNFOLDED = 70 * 1024 * 1024


def an_unfolding_xlsx() -> bytes:
    """A few kilobytes that unfold into 70 MB."""
    bomb = BytesIO(an_xlsx(HEADINGS, GOOD))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("xl/worksheets/sheet2.xml", SAVED)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, b" " * UNFOLDED)
    return bomb.getvalue()


def table(layout: Layout, examples: Sequence[dict[str, Any]]) -> list[list[Any]]:
    names = [column.name for column in layout.typed]
    return [[column.title for column in layout.typed], *([row.get(name) for name in names] for row in examples)]


def as_text(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


MARKING = "OFFICIAL (while empty; whoever fills it in marks it here)"


def write_templates(folder: Path) -> None:
    """Each kind of file as CSV and as a workbook; what the columns hold, on its second sheet and in a document."""
    for layout, examples in EXAMPLES:
        rows = table(layout, examples)
        lines = ([as_text(cell) for cell in row] for row in rows)
        (folder / f"{layout.what}.csv").write_bytes(a_csv([MARKING], *lines))
        (folder / f"{layout.what}.xlsx").write_bytes(an_xlsx(*rows, notes=columns_of(layout), marking=MARKING))
    (folder / "README.md").write_text(as_document([layout for layout, _ in EXAMPLES]), "utf-8")


def columns_of(layout: Layout) -> list[tuple[str, str, str]]:
    columns = [(column.title, "yes" if column.required else "", column.holds) for column in layout.typed]
    return [NOTES, *columns]


def as_document(layouts: Sequence[Layout]) -> str:
    """The columns of every kind of file in Markdown."""
    lines = ["# Spreadsheets in", "", *ABOUT, ""]
    for layout in layouts:
        head, *rows = [f"| {' | '.join(cells)} |" for cells in columns_of(layout)]
        lines += [f"## {layout.what.capitalize()}", "", f"Templates: {layout.what}.csv and {layout.what}.xlsx.", ""]
        lines += [head, "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def write_errors(folder: Path) -> None:
    for name, lines in BAD_LINES.items():
        (folder / f"{name}.csv").write_bytes(a_csv(HEADINGS, GOOD, *lines))
    for name, (headings, cells) in BAD_WITH_MORE_COLUMNS.items():
        sound = [*GOOD, *("" for _ in cells)]
        (folder / f"{name}.csv").write_bytes(a_csv(HEADINGS + headings, sound, ["EX-2", *GOOD[1:], *cells]))
    for name, data in whole_files().items():
        (folder / name).write_bytes(data)


def whole_files() -> dict[str, bytes]:
    """Files refused as a whole, and workbooks with a bad cell."""
    good = a_csv(HEADINGS, GOOD)
    day = date(2027, 1, 14)
    sound = ["EX-1", "GLO", day, time(6), time(8, 30), "warrant", "residential"]
    return {
        "empty.csv": b"",
        "heading_line_alone.csv": a_csv(HEADINGS),
        "column_missing.csv": a_csv(HEADINGS[:-1], GOOD[:-1]),
        "column_twice.csv": a_csv([*HEADINGS, "Force"], [*GOOD, "MET"]),
        "quotation_mark_open.csv": a_csv(HEADINGS) + b'EX-1,"GLO,14/01/2027\r\n',
        "nul_byte.csv": good.replace(b"EX-1", b"EX\x001"),
        "control_character.csv": good.replace(b"EX-1", b"EX\x071"),
        "unknown_encoding.csv": good.replace(b"EX-1", b"EX\x81\xff1"),
        "utf16_cut_short.csv": good.decode().encode("utf-16")[:-1],
        "too_many_rows.csv": a_csv(HEADINGS, *([f"EX-{n}"] for n in range(20_001))),
        "a_pdf.csv": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "a_picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(16),
        "a_web_page.csv": b"<!DOCTYPE html><html><body><table></table></body></html>",
        "an_old_workbook.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),
        "another_archive.xlsx": an_archive({"word/document.xml": b"<document/>"}),
        "a_damaged_workbook.xlsx": an_xlsx(HEADINGS, GOOD)[:400],
        "a_workbook_with_macros.xlsx": an_archive({"[Content_Types].xml": b"", "xl/vbaProject.bin": b""}),
        "an_unfolding_workbook.xlsx": an_unfolding_xlsx(),
        "formula_without_value.xlsx": an_xlsx(HEADINGS, sound, ["EX-2", "GLO", day, "=D2", *sound[4:]]),
        "workbook_cells.xlsx": an_xlsx(
            HEADINGS,
            sound,
            ["EX-2", "GLO", datetime.combine(day, time(6)), time(6), time(8, 30), "warrant", "residential"],
            ["EX-3", "GLO", 46_000, time(6, 0, 30), 0.25, "warrant", True],
        ),
    }


if __name__ == "__main__":
    ERRORS.mkdir(parents=True, exist_ok=True)
    write_templates(TEMPLATES)
    write_errors(ERRORS)
