"""What somebody takes out in a calendar: of which scope, which kinds of entries, in how much detail."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

BETWEEN, PART = "+", ","
USUAL = "usual"
LONGEST_ALARM = 7 * 24 * 60  # minutes


class Scope(StrEnum):
    """Whose calendar it is."""

    OPERATION = "operation"
    REGION = "region"
    FORCE = "force"
    AGENCY = "agency"
    PROVIDER = "provider"
    PERSON = "person"
    SERIES = "series"


class EntryKind(StrEnum):
    ACTIONS = "actions"
    CONFERENCES = "conferences"
    PHASES = "phases"
    DEADLINES = "deadlines"
    EXPIRIES = "expiries"
    HOLDS = "holds"
    BOOKINGS = "bookings"


class Detail(StrEnum):
    """How much of an entry is told: that the time is taken, or a title that tells a stranger nothing."""

    BUSY = "busy"
    NEUTRAL = "neutral"


_OF_PLANNERS = (
    EntryKind.ACTIONS,
    EntryKind.CONFERENCES,
    EntryKind.DEADLINES,
    EntryKind.EXPIRIES,
    EntryKind.HOLDS,
)
OFFERED = {
    Scope.OPERATION: (*_OF_PLANNERS[:2], EntryKind.PHASES, *_OF_PLANNERS[2:]),
    Scope.REGION: _OF_PLANNERS,
    Scope.FORCE: _OF_PLANNERS,
    Scope.AGENCY: _OF_PLANNERS[:3],
    Scope.PROVIDER: (EntryKind.BOOKINGS, EntryKind.HOLDS),
    Scope.PERSON: _OF_PLANNERS[:3],
    Scope.SERIES: (EntryKind.CONFERENCES,),
}
KIND_WORDS = {
    EntryKind.ACTIONS: "Actions",
    EntryKind.CONFERENCES: "Case conferences and meetings",
    EntryKind.PHASES: "Phases",
    EntryKind.DEADLINES: "Role deadlines",
    EntryKind.EXPIRIES: "Last days of warrants and powers",
    EntryKind.HOLDS: "When holds on places end",
    EntryKind.BOOKINGS: "Nights with places booked",
}
# From one instant to another: what else there is takes a day of a phone's and none of anybody's hours.
TAKES_HOURS = frozenset({EntryKind.ACTIONS, EntryKind.CONFERENCES, EntryKind.BOOKINGS})
DETAIL_WORDS = {Detail.BUSY: "Busy only", Detail.NEUTRAL: "Neutral titles"}
# Where somebody else's deadlines would fill the calendar, they are ticked by whoever wants them.
_UNASKED = frozenset({EntryKind.ACTIONS, EntryKind.CONFERENCES, EntryKind.PHASES})


class Choice(NamedTuple):
    """What is taken of a scope; `alarm` is minutes before an action, by the reader's own wish."""

    kinds: frozenset[EntryKind]
    detail: Detail = Detail.NEUTRAL
    alarm: int | None = None

    @property
    def kinds_text(self) -> str:
        """As an address and a row carry it: actions+conferences."""
        return BETWEEN.join(kind for kind in EntryKind if kind in self.kinds)

    @property
    def left_out(self) -> frozenset[EntryKind]:
        """What is chosen and not shown: of what takes no hours, nothing is busy."""
        return self.kinds - TAKES_HOURS if self.detail is Detail.BUSY else frozenset()

    @property
    def text(self) -> str:
        """The whole of it in one part of an address: actions+conferences,neutral,30."""
        return PART.join([self.kinds_text, self.detail, "" if self.alarm is None else str(self.alarm)])


def usual(scope: Scope) -> Choice:
    """What a scope begins with: care bookings never, and deadlines where they are one's own."""
    own = scope in (Scope.PERSON, Scope.AGENCY)
    kinds = (kind for kind in OFFERED[scope] if kind in _UNASKED or (own and kind is EntryKind.DEADLINES))
    return Choice(frozenset(kinds) or frozenset({EntryKind.HOLDS}))


def left_out_words(choice: Choice) -> str:
    """What “busy only” leaves out, and what would show it; empty where it leaves out nothing."""
    if not choice.left_out:
        return ""
    said = f"“{DETAIL_WORDS[Detail.BUSY]}” leaves out {kinds_words(choice.left_out)}: they take no hours."
    if choice.left_out < choice.kinds:
        return said
    return f"{said} Nothing is left: choose other entries, or “{DETAIL_WORDS[Detail.NEUTRAL].lower()}”."


def kinds_words(kinds: Iterable[EntryKind]) -> str:
    """Actions, case conferences and meetings: for a sentence."""
    said = [KIND_WORDS[kind].lower() for kind in EntryKind if kind in kinds]
    return ", ".join(said)


def said_scope(scope: str, name: str) -> str:
    """Whose calendar, for the record: of an agency or a person not which, for it may be a care provider."""
    return scope if scope in (Scope.AGENCY, Scope.PROVIDER, Scope.PERSON) else f"{scope} {name}"


def ref_of(scope: str, name: str) -> str:
    """The same as what a line is about: an operation's by its code alone, by which the record leaves it out."""
    return name if scope == Scope.OPERATION else said_scope(scope, name)
