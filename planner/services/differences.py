"""What a line of a file would change: each difference with what stands now and what would, whatever the file is of."""

from collections.abc import Sequence
from typing import NamedTuple

from planner.inputs.readings import RowFinding, finding_at

NOTHING = "–"
TAKE_OUT = "Take the line out"
VERSION = "Version"
MAY_HAVE = "may have been changed"  # of a line that says no version, nobody can tell


class Difference(NamedTuple):
    """One cell of one line; `reference` is what the line's action, agency or unit is called here."""

    line: int
    reference: str
    what: str
    was: str
    becomes: str

    @property
    def sentence(self) -> str:
        return f"{self.reference}: {self.what} is {self.was}, and becomes {self.becomes}."


def changed_since(found: Sequence[Difference], version: int | str, since: str = "was changed") -> RowFinding:
    """A line that differs from something newer than it was made from would undo what somebody else changed."""
    what = "; ".join(f"{item.what} is now {item.was}, here {item.becomes}" for item in found)
    why = f"{found[0].reference} {since} after this sheet was made: {what}."
    remedy = f"{TAKE_OUT} or export again; if yours is to stand, write {version} under {VERSION}."
    return finding_at(found[0].line, VERSION, why, remedy)


def stale(
    found: Sequence[Difference], made_from: str | None, version: str | None, *, came_back: bool
) -> tuple[RowFinding, ...]:
    """The same for a line of the directory: nothing where none is, or a file made elsewhere says no version."""
    if not found or version is None or made_from == version or not (made_from or came_back):
        return ()
    return (changed_since(found, version, "was changed" if made_from else MAY_HAVE),)


def yes_or_no(said: bool) -> str:
    return "Yes" if said else "No"


def listed(words: Sequence[str]) -> str:
    """Several words in one cell, as a page shows them: Woman, family."""
    return ", ".join(words).replace("_", " ").capitalize() or NOTHING
