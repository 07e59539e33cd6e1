"""What a sheet was narrowed to and when it was made, as it says at its head; read again when it comes back."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

YES = "yes"
LONGEST = 4000
NARROWED, MADE_AT = "Narrowed to: ", "Made at "
NOTHING = "nothing"
INSTANT = "%Y-%m-%d %H:%M UTC"


class Asked(NamedTuple):
    """What a sheet is narrowed to; empty means all that its reader sees. `operation` is a code."""

    operation: str = ""
    text: str = ""
    force: str = ""
    to_come: bool = False

    @property
    def words(self) -> str:
        """As an address writes it, such as force=Kent&to_come=yes; empty for all."""
        return urlencode({key: YES if value is True else value for key, value in self._asdict().items() if value})


class Origin(NamedTuple):
    """Where a sheet comes from; `made_at` is to the minute."""

    asked: Asked
    made_at: datetime


def asked_of(words: str) -> Asked | None:
    """The same read again; None for what says nothing, or names something by which no sheet is narrowed."""
    said = dict(parse_qsl(words[:LONGEST], keep_blank_values=True))
    odd = set(said) - set(Asked._fields)
    if odd or not said or "\0" in "".join(said.values()) or said.get("to_come", YES) != YES:
        return None
    return Asked(
        said.get("operation", ""), said.get("text", ""), said.get("force", ""), to_come=said.get("to_come") == YES
    )


def origin_lines(asked: Asked, made_at: datetime) -> tuple[str, str]:
    """The two lines at a sheet's head that say it."""
    return f"{MADE_AT}{made_at.astimezone(UTC):{INSTANT}}", f"{NARROWED}{asked.words or NOTHING}"


def origin_of(lines: Iterable[str]) -> Origin | None:
    """What the lines at a file's head say; None where they are gone or were changed."""
    made_at: datetime | None = None
    asked: Asked | None = None
    for line in lines:
        if line.startswith(MADE_AT):
            made_at = _instant(line.removeprefix(MADE_AT))
        elif line.startswith(NARROWED):
            words = line.removeprefix(NARROWED)
            asked = Asked() if words == NOTHING else asked_of(words)
    return None if made_at is None or asked is None else Origin(asked, made_at)


def _instant(words: str) -> datetime | None:
    try:
        return datetime.strptime(words, INSTANT).replace(tzinfo=UTC)
    except ValueError:
        return None
