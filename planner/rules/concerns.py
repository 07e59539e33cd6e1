"""What of an action changed since its posts were answered, and whose answer that makes a new question.

An answer is given on what was known then. Fewer people, or immigration enforcement staying away, ask nothing anew;
more people, another time or a child do, of those whose post it concerns (DESIGN: a change asks again only those).
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from planner.rules.dates import when_words
from planner.rules.role_words import Concern
from planner.rules.words import AgencyKind, Children, Immigration

# How near immigration enforcement is; only coming nearer is a new question.
NEARNESS = (Immigration.NOT_ATTENDING, Immigration.ON_CALL, Immigration.ON_SITE)
# To these, immigration officers on site are no question of conscience or of trust.
ENFORCERS = frozenset(
    {
        *(AgencyKind.POLICE_FORCE, AgencyKind.NATIONAL_CELL, AgencyKind.REGIONAL_CELL),
        *(AgencyKind.LAW_ENFORCEMENT, AgencyKind.IMMIGRATION, AgencyKind.PROSECUTOR),
    }
)


class AskedOn(NamedTuple):
    """What posts of an action are answered on; demand is (likely, high) by profile and need."""

    starts_at: datetime
    ends_at: datetime
    premises: tuple[object, ...]
    demand: Mapping[tuple[str, str], tuple[int, int]]
    children: Children
    children_number: int
    immigration: Immigration
    languages: frozenset[str]


class Change(NamedTuple):
    """One thing that changed, in words that say no more than a partner without an agreement may know."""

    concern: Concern
    sentence: str


def changes_between(before: AskedOn, after: AskedOn) -> tuple[Change, ...]:
    """What is a new question now, in the order in which people ask."""
    found = []
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        then, now = when_words(before.starts_at, before.ends_at), when_words(after.starts_at, after.ends_at)
        found.append(Change(Concern.TIME, f"the time was {then} and is now {now}"))
    if before.premises != after.premises:
        found.append(Change(Concern.PREMISES, "the premises are others than before"))
    if any(_more(after.demand[who], before.demand.get(who, (0, 0))) for who in after.demand):
        found.append(Change(Concern.NUMBERS, "more people are expected than before"))
    if _more_children(before, after):
        found.append(Change(Concern.CHILDREN, "what is known of children changed"))
    if NEARNESS.index(after.immigration) > NEARNESS.index(before.immigration):
        words = after.immigration.replace("_", " ")
        found.append(Change(Concern.IMMIGRATION, f"immigration enforcement is now {words}"))
    if after.languages - before.languages:
        found.append(Change(Concern.LANGUAGES, "another language is needed"))
    return tuple(found)


def _more(now: tuple[int, int], then: tuple[int, int]) -> bool:
    return any(after > before for after, before in zip(now, then, strict=True))


def _more_children(before: AskedOn, after: AskedOn) -> bool:
    if after.children is Children.NONE:
        return False
    return before.children is not after.children or after.children_number > before.children_number


def concerning(changes: Collection[Change], concerns: Collection[str], kind: AgencyKind) -> tuple[Change, ...]:
    """Those of the changes that a post with these concerns, held by this kind of agency, must be asked about again."""
    return tuple(
        change
        for change in changes
        if change.concern is Concern.TIME
        or (change.concern is Concern.IMMIGRATION and kind not in ENFORCERS)
        or change.concern in concerns
    )


def because_words(changes: Collection[Change]) -> str:
    """ "The time was … and is now …; more people are expected than before." """
    said = "; ".join(change.sentence for change in changes)
    return f"{said[:1].upper()}{said[1:]}." if said else ""
