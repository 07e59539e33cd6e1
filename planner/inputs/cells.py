"""One cell becomes one value, or is refused with a sentence and a remedy."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from planner.inputs.grid import Cell, Formula
from planner.questions import unseen_doubts
from planner.rules.free_text import Kind

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)
Parse = Callable[[Cell], T]

DATE_REMEDY = "Give the day first, as 14/03/2027, or as 2027-03-14."
TIME_REMEDY = "Give hours and minutes, as 05:30."
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?|(\d{2})(\d{2})")
EXCEL_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/\-]{0,59}")
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_\-]{0,39}")
LONGEST = 120


class CellRefused(Exception):
    """Why a cell cannot be taken, and what to type instead; or which words of it somebody must look at first."""

    def __init__(self, sentence: str, remedy: str, in_question: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy
        self.in_question = in_question


def shown(cell: Cell) -> str:
    """A cell in at most 40 printable characters."""
    text = cell.text if isinstance(cell, Formula) else "" if cell is None else str(cell)
    clean = "".join(letter if letter.isprintable() else " " for letter in text.strip()[:200])
    return clean if len(clean) <= 40 else clean[:39] + "…"


def a_text(cell: Cell) -> str:
    """Plain text of at most 120 characters; a whole number is taken as its digits."""
    if isinstance(cell, bool | datetime | date | time | timedelta | Formula):
        raise CellRefused(f"{shown(cell)} is not text.", "Type plain text; format the cell as text.")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(str(cell).split())
    if len(text) > LONGEST:
        raise CellRefused(f"{len(text)} characters are too many; {LONGEST} are kept.", "Shorten it.")
    return text


def a_reference(cell: Cell) -> str:
    """A reference of at most 60 letters, digits and . / - _ marks."""
    text = a_text(cell)
    if not REFERENCE.fullmatch(text):
        raise CellRefused(
            f"{shown(text)} is not a reference.",
            "Use a letter or digit first, then letters, digits, spaces and . / - _ only, 60 at most; no content.",
        )
    refuse_doubts(text)
    return text


def a_code(cell: Cell) -> str:
    """A short code that begins with a letter, so that a spreadsheet program leaves it as it is."""
    text = a_text(cell)
    if not CODE.fullmatch(text):
        raise CellRefused(f"{shown(text)} is not a code.", "Begin with a letter; then letters, digits, - and _ only.")
    return text


def a_name(cell: Cell) -> str:
    """An organisation's or a unit's name; an address, a number or a mailbox in it is refused, for none is kept.

    Capitalised words in a row are what such names are made of, so they are not questioned here.
    """
    text = a_text(cell)
    if "@" in text[1:]:
        raise CellRefused("A mail address stands in a name; none is kept.", "Leave it out: name only.")
    refuse_doubts(text, Kind.NAME)
    if text[:1] in "=+-@":
        raise CellRefused(f"A name cannot begin with {text[:1]}.", "Begin with a letter or digit.")
    return text


def refuse_doubts(text: str, *but: Kind) -> None:
    """Refuse what looks as if it led to a person; the finding, which may be recorded, repeats no word of it."""
    unseen = unseen_doubts(text, *but)
    if unseen:
        raise CellRefused(
            f"This looks like {unseen[0].kind}: it must not be kept here.",
            "Leave it out, or give a post or a reference instead.",
            tuple(doubt.words for doubt in unseen),
        )


def a_number(at_least: int, at_most: int) -> Parse[int]:
    """A whole number within limits."""

    def parse(cell: Cell) -> int:
        number = _whole(cell)
        if number < 0:
            raise CellRefused(f"{number} is negative.", f"Give a number from {at_least} to {at_most}.")
        if not at_least <= number <= at_most:
            raise CellRefused(f"{number} is out of range.", f"Give a number from {at_least} to {at_most}.")
        return number

    return parse


def _whole(cell: Cell) -> int:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, str) and re.fullmatch(r"-?[0-9]{1,9}(\.0{1,9})?", cell.strip()):
        return int(cell.partition(".")[0])
    raise CellRefused(f"{shown(cell)} is not a whole number.", "Give a whole number in digits, such as 4.")


def a_day(cell: Cell) -> date:
    """A date: DD/MM/YYYY, YYYY-MM-DD or a date of the workbook."""
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise CellRefused(f"{cell:%d/%m/%Y %H:%M} holds a time as well.", "Give the date alone here.")
        return _sensible(cell.date())
    if isinstance(cell, date):
        return _sensible(cell)
    text = cell.strip() if isinstance(cell, str) else ""
    if SHORT_YEAR.fullmatch(text):
        raise CellRefused(f"{text} has a year of two digits.", "Write the year in full, as 14/03/2027.")
    if match := DAY_FIRST.fullmatch(text):
        return _real_day(text, match[3], match[2], match[1])
    if match := YEAR_FIRST.fullmatch(text):
        return _real_day(text, match[1], match[2], match[3])
    raise CellRefused(f"{shown(cell)} is not a date.", DATE_REMEDY)


def _real_day(text: str, *year_month_day: str) -> date:
    try:
        day = date(*(int(part) for part in year_month_day))
    except ValueError:
        raise CellRefused(f"{text} is a date that does not exist.", DATE_REMEDY) from None
    return _sensible(day)


def _sensible(day: date) -> date:
    if not 2000 <= day.year <= 2099:
        raise CellRefused(f"{day.isoformat()} is out of range.", "Give a date from 2000 to 2099.")
    return day


def a_time(cell: Cell) -> time:
    """A time of day to the minute: HH:MM, HHMM or a time of the workbook."""
    if isinstance(cell, time):
        return _to_the_minute(cell)
    if isinstance(cell, date):  # a workbook's number under a format for dates, whatever the person sees of it
        raise CellRefused("a number or a date stands here, not a time.", TIME_REMEDY)
    match = CLOCK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if not match:
        raise CellRefused(f"{shown(cell)} is not a time of day.", TIME_REMEDY)
    hours, minutes = int(match[1] or match[3]), int(match[2] or match[4])
    if hours > 23 or minutes > 59:
        raise CellRefused(f"{shown(cell)} is a time that does not exist.", "Give a time from 00:00 to 23:59.")
    return time(hours, minutes)


def _to_the_minute(at: time) -> time:
    """Workbooks keep times as fractions: 05:30 may come as 05:29:59.999."""
    rounded = datetime.combine(date(2000, 1, 1), at.replace(tzinfo=None)) + timedelta(milliseconds=500)
    if rounded.second:
        raise CellRefused(f"{at:%H:%M:%S} has seconds.", TIME_REMEDY)
    return rounded.time().replace(microsecond=0)


def a_word(words: type[Word], *synonyms: tuple[str, Word]) -> Parse[Word]:
    """One of a closed vocabulary, by its value or a synonym, whatever the case, spaces or hyphens."""
    spelt = {plain_word(word.value): word for word in words} | {plain_word(text): word for text, word in synonyms}

    def parse(cell: Cell) -> Word:
        text = a_text(cell)
        if found := spelt.get(plain_word(text)):
            return found
        raise CellRefused(f"{shown(text)} is not known here.", f"Use one of: {', '.join(_readable(words))}.")

    return parse


def a_yes(cell: Cell) -> bool:
    """Yes or no, or a workbook's own true or false."""
    if isinstance(cell, bool):
        return cell
    answer = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}.get(
        plain_word(a_text(cell))
    )
    if answer is None:
        raise CellRefused(f"{shown(cell)} is neither yes nor no.", "Type yes or no.")
    return answer


def _readable(words: Iterable[StrEnum]) -> list[str]:
    return [word.value.replace("_", " ") for word in words]


def some(parse: Parse[T]) -> Parse[tuple[T, ...]]:
    """Several values in one cell, separated by ; or | or a comma; each is kept once."""

    def parse_all(cell: Cell) -> tuple[T, ...]:
        parts = [part.strip() for part in re.split(r"[;|,\n]", cell)] if isinstance(cell, str) else [cell]
        return tuple(dict.fromkeys(parse(part) for part in parts if part not in ("", None)))

    return parse_all


def plain_word(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("'", "").replace("’", "")))


def without_apostrophe(cell: Cell) -> Cell:
    """A text that begins as a formula does is written with an apostrophe before it (OWASP, "CSV injection")."""
    return cell[1:] if isinstance(cell, str) and re.match(r"'\s*[=+\-@＝＋－＠]", cell) else cell


def refuse_formula(cell: Cell) -> None:
    """A formula without a value and an Excel error are refused in every column that is read."""
    text = cell.strip() if isinstance(cell, str) else ""
    if isinstance(cell, Formula) or text.startswith("="):
        raise CellRefused(f"{shown(cell)} is a formula.", "Copy the column and paste it as values.")
    if text in EXCEL_ERRORS:
        raise CellRefused(f"{text} is an error of the spreadsheet.", "Mend the formula, then paste as values.")
