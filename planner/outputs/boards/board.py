"""What a board is: a table of a page, read again for whoever takes it out as a sheet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from planner import access
from planner.access import Verb
from planner.errors import InputError, NotFound
from planner.outputs.tables import Cell
from planner.rules.asked import Asked
from planner.rules.markings import Marked, together
from planner.views.action_sheet import references_of
from planner.views.markings import highest_held
from planner.views.operation import OperationRow, operations
from planner.work import Look

Row = Sequence[Cell]


class Rows(NamedTuple):
    """The rows, how a file that holds them is to be treated, and a sentence at its head about what is in it, or not."""

    rows: Sequence[Row]
    marked: Marked
    beyond: str = ""


Read = Callable[[Look, Asked], Rows]


class Board(NamedTuple):
    """A table that opens to whoever the page opens to that shows it, and who may do `verb` where its tab asks that.

    `read` gives rows as far as their reader sees, from the views that the page uses; `filtered`: what the page's filter
    narrows it by. Not `of_operation`: it is about the whole installation, and no part of what is handed over with one.
    `limit`: why a file may hold less than the page lists. The tab is empty where a page has none.
    """

    title: str
    page: str
    tab: str
    columns: tuple[str, ...]
    read: Read
    verb: Verb | None = None
    filtered: tuple[str, ...] = ()
    of_operation: bool = True
    limit: str = ""

    def opens(self, look: Look) -> bool:
        """The operator of the command line reads all of an installation."""
        if look.actor.operator:
            return True
        return access.opens(look.actor, self.page) and (self.verb is None or access.may(look, self.verb))

    def check(self, asked: Asked) -> None:
        """Refuse what this table is not narrowed by: it would hold more than was asked for."""
        able = {*self.filtered, *(["operation"] if self.of_operation else [])}
        odd = sorted(asked.said - able)
        if odd:
            by = f"by {', '.join(sorted(able))} alone" if able else "by nothing"
            raise InputError(f"{self.title}: not narrowed by {', '.join(odd)}, but {by}. Take the link from its page.")


def marked_as(seen: Mapping[str, Marked], references: Iterable[str | None]) -> Marked:
    """How rows about these actions are treated together; a row about none counts as nothing."""
    return together(dict.fromkeys(seen[each] for each in references if each is not None and each in seen))


def within(look: Look, asked: Asked) -> dict[str, Marked]:
    """The visible actions by reference that rows may be about, with their markings."""
    return references_of(look, asked.operation)


def held(look: Look) -> Marked:
    """For rows that carry no marking of their own: what the page beside them says."""
    return Marked(highest_held(look))


def operation_row(look: Look, code: str) -> OperationRow:
    """A visible operation by its code; missing and forbidden answer alike."""
    found = next((row for row in operations(look) if row.code == code), None)
    if found is None:
        raise NotFound(f"There is no operation {code[:40]}, or none that you can open.")
    return found


def spaced(value: str) -> str:
    """A closed set's value as an import reads it: parlour or sauna."""
    return value.replace("_", " ")


def said(value: str) -> str:
    """The same as a person reads it: Parlour or sauna."""
    return spaced(value).capitalize()
