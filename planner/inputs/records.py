"""A reference file in: CSV lines whose cells are read by type, and a bad cell named by file, line and column."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from planner.errors import InputError

Word = TypeVar("Word", bound=StrEnum)

ORIGIN_COLUMNS = ("confidence", "note", "source", "source_date")
SOURCE_DATE = re.compile(r"undated|\d{4}(-\d{2}(-\d{2})?)?")


class Confidence(StrEnum):
    """Verified was checked against its source; published is what a source says; unverified is to check."""

    VERIFIED = "verified"
    PUBLISHED = "published"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Origin:
    """Where a fact comes from; `source_date` is a day, a month, a year or "undated"."""

    source: str
    source_date: str
    confidence: Confidence
    note: str


@dataclass(frozen=True)
class Record:
    """One line of a reference file."""

    file: str
    line: int
    cells: Mapping[str, str]

    def refuse(self, column: str, why: str) -> NoReturn:
        raise InputError(f"{self.file}, line {self.line}, {column}: {why}", line=self.line, column=column)

    def optional(self, column: str) -> str:
        return self.cells[column].strip()

    def text(self, column: str) -> str:
        return self.optional(column) or self.refuse(column, "the cell is empty.")

    def codes(self, column: str) -> tuple[str, ...]:
        """Words separated by `|`; none when the cell is empty."""
        return tuple(part.strip() for part in self.optional(column).split("|") if part.strip())

    def day(self, column: str) -> date:
        try:
            return date.fromisoformat(self.text(column))
        except ValueError:
            self.refuse(column, f"{self.text(column)!r} is not a date such as 2007-10-03.")

    def optional_day(self, column: str) -> date | None:
        return self.day(column) if self.optional(column) else None

    def whole(self, column: str) -> int:
        typed = self.text(column)
        if not (typed.isascii() and typed.isdigit()):
            self.refuse(column, f"{typed!r} is not a whole number.")
        return int(typed)

    def optional_whole(self, column: str) -> int | None:
        return self.whole(column) if self.optional(column) else None

    def yes(self, column: str) -> bool:
        answer = self.text(column)
        if answer not in ("yes", "no"):
            self.refuse(column, f"{answer!r} is neither yes nor no.")
        return answer == "yes"

    def yes_if_known(self, column: str) -> bool | None:
        return None if self.text(column) == "unknown" else self.yes(column)

    def word(self, column: str, words: type[Word]) -> Word:
        return self._word(column, self.text(column), words)

    def words(self, column: str, words: type[Word]) -> tuple[Word, ...]:
        return tuple(self._word(column, code, words) for code in self.codes(column))

    def _word(self, column: str, typed: str, words: type[Word]) -> Word:
        try:
            return words(typed)
        except ValueError:
            self.refuse(column, f"{typed!r} is not one of {', '.join(words)}.")

    def origin(self) -> Origin:
        dated = self.text("source_date")
        if not SOURCE_DATE.fullmatch(dated):
            self.refuse("source_date", f"{dated!r} is neither a day, a month, a year nor 'undated'.")
        confidence = self.word("confidence", Confidence)
        return Origin(self.text("source"), dated, confidence, self.optional("note"))


def read_records(path: Path, columns: Iterable[str]) -> tuple[Record, ...]:
    """Every line of a UTF-8 file with exactly these columns and the four that say where each fact comes from."""
    expected = [*columns, *ORIGIN_COLUMNS]
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            lines = [(reader.line_num, cells) for cells in reader]
    except FileNotFoundError as error:
        raise InputError(f"{path.name} is missing from {path.parent.name}/: restore it.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path.name} is not a CSV file in UTF-8: {error}.") from error
    if header != expected:
        raise InputError(f"{path.name}, line 1: the columns must be {', '.join(expected)}.", line=1)
    return tuple(_record(path.name, line, expected, cells) for line, cells in lines)


def _record(file: str, line: int, columns: list[str], cells: list[str]) -> Record:
    if len(cells) != len(columns):
        sentence = f"{file}, line {line}: {len(cells)} cells stand where {len(columns)} columns are."
        raise InputError(sentence, line=line)
    return Record(file, line, dict(zip(columns, cells, strict=True)))


def refuse_repeats(records: Iterable[Record], *columns: str) -> None:
    """A code stands once in its file; both lines are named when it does not."""
    seen: dict[tuple[str, ...], int] = {}
    for record in records:
        code = tuple(record.cells[column] for column in columns)
        if code in seen:
            record.refuse(columns[0], f"{' '.join(code)!r} stands on line {seen[code]} already.")
        seen[code] = record.line
