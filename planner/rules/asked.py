"""What a sheet was narrowed to and when it was made, as it says at its head."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

YES = "yes"
LONGEST = 4000
NARROWED, MADE_AT, MADE_BY = "Narrowed to: ", "Made at ", "Made by "
CLOCK = "Times are London time"
NOTHING = "nothing"
INSTANT = "%Y-%m-%d %H:%M UTC"


class Asked(NamedTuple):
    """What a sheet is narrowed to; empty means all that its reader sees. `operation` is a code.

    After actions' own: `without` an open account; of the record `outcome`, `who`, an action's reference, London days.
    """

    operation: str = ""
    text: str = ""
    force: str = ""
    to_come: bool = False
    without: bool = False
    outcome: str = ""
    who: str = ""
    action: str = ""
    first_day: date | None = None
    last_day: date | None = None

    @property
    def words(self) -> str:
        """As an address writes it, such as force=Kent&to_come=yes; empty for all."""
        return urlencode({key: YES if value is True else value for key, value in self._asdict().items() if value})

    @property
    def said(self) -> frozenset[str]:
        """The names of what it is narrowed by."""
        return frozenset(key for key, value in self._asdict().items() if value)


YES_ALONE, DAYS = ("to_come", "without"), ("first_day", "last_day")


def asked_of(words: str) -> Asked | None:
    """The same read again; None for what says nothing, or names something by which no sheet is narrowed."""
    said = dict(parse_qsl(words[:LONGEST], keep_blank_values=True))
    if set(said) - set(Asked._fields) or not said or "\0" in "".join(said.values()):
        return None
    try:
        return Asked(**{key: _value(key, text) for key, text in said.items()})
    except ValueError:
        return None


def _value(key: str, text: str) -> Any:
    if key in DAYS:
        return date.fromisoformat(text)
    if key in YES_ALONE and text != YES:
        raise ValueError(f"{key} is {YES} or left out.")
    return True if key in YES_ALONE else text


def origin_lines(asked: Asked, made_at: datetime) -> tuple[str, str]:
    """The two lines at a sheet's head that say it."""
    return f"{MADE_AT}{made_at.astimezone(UTC):{INSTANT}}", f"{NARROWED}{asked.words or NOTHING}"


def is_head_line(said: str) -> bool:
    """Whether a cell says what an export writes at its head, as it writes it; the name after "Made by" may be any."""
    at_once = said == CLOCK or said.startswith((f"{CLOCK}. ", NARROWED, MADE_BY))
    return at_once or made_at_of([said]) is not None


def made_at_of(lines: Iterable[str]) -> datetime | None:
    """When a sheet was made, to the minute, as the lines at its head say; None where none does."""
    return next((at for line in lines if line.startswith(MADE_AT) and (at := _instant(line))), None)


def _instant(line: str) -> datetime | None:
    try:
        return datetime.strptime(line.removeprefix(MADE_AT), INSTANT).replace(tzinfo=UTC)
    except ValueError:
        return None
