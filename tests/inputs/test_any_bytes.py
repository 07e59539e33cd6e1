"""Whatever bytes come in: rows, findings or one sentence come out, and no line is lost."""

import csv
from io import StringIO

from hypothesis import assume, given
from hypothesis import strategies as st

from planner.errors import InputError
from planner.inputs.action_columns import ACTIONS
from planner.inputs.actions import read_actions
from planner.inputs.agencies import AGENCIES, read_agencies
from planner.inputs.columns import suggest_mapping
from planner.inputs.grid import Grid
from planner.inputs.providers import PROVIDERS, read_providers
from planner.inputs.spreadsheets import read_grid
from tests.inputs.files import an_xlsx, with_part
from tests.inputs.known import KNOWN
from tests.inputs.make_samples import GOOD, HEADINGS

WORKBOOK = an_xlsx(HEADINGS, GOOD, ["EX-2", "GLO", "=D2", *GOOD[3:]])
SHEET = "xl/worksheets/sheet1.xml"
PIECES = (b"<v", b'r="A2"', b't="inlineStr"', b"<row", b"<f>", b"</row>", b"<sheetData>", b"</t>", b"2", b"D2")
CELLS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=12),
    st.sampled_from([*GOOD, "30/02/2027", "-1", "=1", "SECRET", "MET", "1", "nan", "1e400", "", "#N/A"]),
)
LINES = st.lists(st.lists(CELLS, max_size=len(ACTIONS.columns) + 2), max_size=8)


def take_in(data: bytes) -> Grid | InputError:
    """Read as all three kinds; every kind that is taken must account for every line."""
    try:
        grid = read_grid(data)
    except InputError as refused:
        return a_sentence(refused)
    for read in (
        lambda: read_actions(grid, suggest_mapping(grid.headings, ACTIONS), KNOWN),
        lambda: read_agencies(grid, suggest_mapping(grid.headings, AGENCIES)),
        lambda: read_providers(grid, suggest_mapping(grid.headings, PROVIDERS), KNOWN),
    ):
        try:
            found = read()
        except InputError as refused:
            a_sentence(refused)
            continue
        told = {row.line for row in found.rows} | {finding.line for finding in found.findings}
        assert told == {row.line for row in grid.rows}
        assert not {row.line for row in found.rows} & {finding.line for finding in found.findings}
        assert all(finding.remedy and finding.column in finding.sentence for finding in found.findings)
    return grid


def a_sentence(refused: InputError) -> InputError:
    assert str(refused).endswith(".")
    return refused


@given(st.binary(max_size=400))
def test_arbitrary_bytes_raise_nothing_but_a_refusal(data: bytes) -> None:
    take_in(data)


@given(st.text(max_size=400), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_arbitrary_text_raises_nothing_but_a_refusal(text: str, encoding: str) -> None:
    take_in(text.encode(encoding, errors="replace"))


@given(LINES)
def test_every_line_under_good_headings_is_a_row_or_has_a_finding(lines: list[list[str]]) -> None:
    text = StringIO()
    csv.writer(text).writerows([[column.title for column in ACTIONS.columns], *lines])

    taken = take_in(text.getvalue().encode())

    filled = [line for line in lines if any(cell.strip() for cell in line)]
    assume(not isinstance(taken, InputError) or "marked" not in str(taken))  # a line that is a marking is no row
    assert isinstance(taken, InputError) == (not filled)
    assert isinstance(taken, InputError) or len(taken.rows) == len(filled)


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_changed_bytes_raises_nothing_but_a_refusal(at: int, bytes_: bytes) -> None:
    take_in(WORKBOOK[:at] + bytes_ + WORKBOOK[at + len(bytes_) :])


@given(st.sampled_from(PIECES), st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)))
def test_a_sheet_with_changed_xml_raises_nothing_but_a_refusal(piece: bytes, other: bytes) -> None:
    take_in(with_part(WORKBOOK, SHEET, (piece, other)))
