"""What a doubt about a free text does: the text is refused, until somebody looked at the very words in question.

`Desk.writing` says who types: which words were looked at, and which names the directory holds. Nothing here keeps
the words: the record of a look names their kinds alone.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from planner.errors import Questioned
from planner.rules.free_text import Doubt, Kind, doubts

REMEDIES = {
    Kind.NAME: "Write the post or the agency instead, such as “Duty officer, East”.",
    Kind.ADDRESS: "Write the region instead; an address stands on the warrant alone.",
    Kind.TELEPHONE: "Write the post instead; numbers stand in your own directory.",
    Kind.MAIL: "Write the post instead; mailboxes stand in your own directory.",
    Kind.BIRTH: "Leave it out: ages are counted here as adults and children alone.",
    Kind.VEHICLE: "Leave it out, or give the reference of the system that holds it.",
}
LEAVE_OUT = "Leave it out: what is known of one person stays in your own case system."


def _nothing() -> Collection[str]:
    return ()


@dataclass
class Typing:
    """One transaction's typing: words that were looked at, names that are known, kinds that were let through."""

    looked_at: frozenset[str] = frozenset()
    known: Callable[[], Collection[str]] = _nothing
    kept: set[Kind] = field(default_factory=set)


_typing: ContextVar[Typing | None] = ContextVar("typing", default=None)


@contextmanager
def typing_at(desk: Typing) -> Iterator[Typing]:
    """What is typed inside is judged with this."""
    token = _typing.set(desk)
    try:
        yield desk
    finally:
        _typing.reset(token)


def question(text: str, what: str) -> None:
    """Questioned when the text looks as if it named a person or led to one, and nobody looked at it yet."""
    if unseen := unseen_doubts(text):
        raise Questioned(sentence_of(unseen[0], what), unseen)


def unseen_doubts(text: str, *but: Kind) -> tuple[Doubt, ...]:
    """The doubts about a text that nobody looked at; the kinds that were looked at are kept for the record."""
    found = doubts(text)
    desk = _typing.get()
    if desk is not None and any(doubt.kind is Kind.NAME for doubt in found):
        found = doubts(text, desk.known())
    found = tuple(doubt for doubt in found if doubt.kind not in but)
    looked_at = desk.looked_at if desk is not None else frozenset()
    unseen = tuple(doubt for doubt in found if doubt.words not in looked_at)
    if desk is not None and not unseen:
        desk.kept.update(doubt.kind for doubt in found)
    return unseen


def let_through(kinds: Collection[Kind]) -> None:
    """What was looked at before this transaction, in a file, stands in its record as well."""
    desk = _typing.get()
    if desk is not None:
        desk.kept.update(kinds)


def sentence_of(doubt: Doubt, what: str) -> str:
    """What was refused and what would help, without the words: a refusal is recorded for good."""
    remedy = REMEDIES.get(doubt.kind, LEAVE_OUT)
    return f"{what} holds what looks like {doubt.kind}: it must not be kept here. {remedy}"


def kinds_words(kinds: Collection[Kind]) -> str:
    """The line that the record keeps of a look: kinds only."""
    return f"What looked like {' and '.join(sorted(kinds))} was looked at and kept."
