"""What a sheet was narrowed to and when it was made, as it says at its head; read again when it comes back."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

YES = "yes"
LONGEST = 4000
NARROWED, MADE_AT, MADE_BY = "Narrowed to: ", "Made at ", "Made by "
CLOCK = "Times are London time"
HEAD_LINES = (NARROWED, MADE_AT, MADE_BY, CLOCK)
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


OF_ACTIONS = ("operation", "text", "force", "to_come")  # what a sheet that comes back may be narrowed by
YES_ALONE, DAYS = ("to_come", "without"), ("first_day", "last_day")


class Origin(NamedTuple):
    """Where a sheet comes from; `made_at` is to the minute, `made_by` a post, or nothing where its line is gone."""

    asked: Asked
    made_at: datetime
    made_by: str = ""


def asked_of(words: str, known: Collection[str] = Asked._fields) -> Asked | None:
    """The same read again; None for what says nothing, or names something by which no sheet is narrowed."""
    said = dict(parse_qsl(words[:LONGEST], keep_blank_values=True))
    if set(said) - set(known) or not said or "\0" in "".join(said.values()):
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


def origin_of(lines: Iterable[str]) -> Origin | None:
    """What the lines at a file's head say; None where they are gone or were changed."""
    made_at: datetime | None = None
    asked: Asked | None = None
    made_by = ""
    for line in lines:
        if line.startswith(MADE_AT):
            made_at = _instant(line.removeprefix(MADE_AT))
        elif line.startswith(MADE_BY):
            made_by = line.removeprefix(MADE_BY)
        elif line.startswith(NARROWED):
            words = line.removeprefix(NARROWED)
            asked = Asked() if words == NOTHING else asked_of(words, OF_ACTIONS)
    return None if made_at is None or asked is None else Origin(asked, made_at, made_by)


def _instant(words: str) -> datetime | None:
    try:
        return datetime.strptime(words, INSTANT).replace(tzinfo=UTC)
    except ValueError:
        return None
