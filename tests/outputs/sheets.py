"""A sheet read again: its marking, its columns, its rows; as a spreadsheet program would find them."""

import csv
import io
from typing import Any, NamedTuple

from openpyxl import load_workbook

from planner.outputs.boards.registry import boards_of, boards_of_operation
from planner.outputs.table_file import WHOLE, table_file
from planner.rules.asked import Asked
from planner.work import Look

PREFACE = 5


class Read(NamedTuple):
    marking: str
    columns: list[str]
    rows: list[dict[str, Any]]

    def column(self, name: str) -> list[Any]:
        return [row[name] for row in self.rows]

    @property
    def text(self) -> str:
        return "\n".join(str(cell) for row in self.rows for cell in row.values())


def read_csv(body: bytes) -> Read:
    return _read(list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))))


def read_xlsx(body: bytes) -> Read:
    sheet = load_workbook(io.BytesIO(body)).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return _read([list(row) for row in sheet.iter_rows(values_only=True)])


def _read(lines: list[list[Any]]) -> Read:
    columns = lines[PREFACE]
    rows = [dict(zip(columns, line, strict=True)) for line in lines[PREFACE + 1 :]]
    return Read(str(lines[0][0]), columns, rows)


def taken_by(look: Look, asked: Asked = WHOLE) -> dict[str, Read]:
    """Every board that opens to a reader, by name, as both kinds of file; the CSV is what is handed on."""
    found = {}
    for name, board in (boards_of_operation if asked.operation else boards_of)(look).items():
        book, text = (table_file(look, name, ending, "To compare them", asked) for ending in ("xlsx", "csv"))
        read = read_csv(text.body)
        assert (read_xlsx(book.body).columns, read.columns) == ([*board.columns], [*board.columns])
        assert (len(read_xlsx(book.body).rows), book.marked.words) == (len(read.rows), read.marking)
        found[name] = read
    return found
