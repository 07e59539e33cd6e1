"""People on the day, counted and never named: how many, where they are, whether the two agree.

Source: FIELD, "On the day, people are counted". After Pentameter 1 a minister could not say where 76 of 88 were.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.windows import local
from planner.rules.words import ActionState

CORRECTED_FOR = timedelta(days=14)
NOBODY = "Nobody was encountered."


class Count(StrEnum):
    """How many were met, then where each of them is; a child at the children's service is one of them."""

    ENCOUNTERED = "encountered"
    RECEPTION = "at_reception"
    PLACED = "placed"
    HOSPITAL = "hospital"
    CHILDRENS_SERVICE = "childrens_service"
    DECLINED = "declined_and_signposted"
    LEFT = "left"
    ARRESTED = "arrested_and_screened"


WHEREABOUTS = tuple(Count)[1:]
# As it is said of a number of people: 3 at reception.
SAID = {
    Count.ENCOUNTERED: "encountered",
    Count.RECEPTION: "at reception",
    Count.PLACED: "placed",
    Count.HOSPITAL: "in hospital",
    Count.CHILDRENS_SERVICE: "at the children's service",
    Count.DECLINED: "declined and signposted",
    Count.LEFT: "left",
    Count.ARRESTED: "arrested and screened as possible victims",
}
# As it stands on a button, where there is room for a word or two.
SHORT = {
    Count.ENCOUNTERED: "encountered",
    Count.RECEPTION: "reception",
    Count.PLACED: "placed",
    Count.HOSPITAL: "hospital",
    Count.CHILDRENS_SERVICE: "children",
    Count.DECLINED: "declined",
    Count.LEFT: "left",
    Count.ARRESTED: "arrested",
}


@dataclass(frozen=True)
class Tap:
    """One press, or many of the same added up: how far a count goes, and from which count, where somebody moved on."""

    count: Count
    step: int
    moved_from: Count | None = None


class Totals(NamedTuple):
    """How many were met, and how many are where."""

    encountered: int
    whereabouts: Mapping[Count, int]

    @property
    def difference(self) -> int:
        """Those whose whereabouts nobody has told; below zero where more are told of than were met."""
        return self.encountered - sum(self.whereabouts.values())

    @property
    def is_empty(self) -> bool:
        return not self.encountered and not any(self.whereabouts.values())

    def of(self, count: Count) -> int:
        return self.encountered if count is Count.ENCOUNTERED else self.whereabouts[count]


def totals(taps: Iterable[Tap]) -> Totals:
    """Every press added up: nothing is ever overwritten, so that two who count at once lose nothing."""
    found = dict.fromkeys(Count, 0)
    for tap in taps:
        found[tap.count] += tap.step
        if tap.moved_from is not None:
            found[tap.moved_from] -= tap.step
    return Totals(found[Count.ENCOUNTERED], {count: found[count] for count in WHEREABOUTS})


def difference_words(found: Totals) -> str:
    """Whether all who were met are accounted for: "1 of 7 encountered is not accounted for."."""
    if found.is_empty:
        return "Nobody has been counted yet."
    gap = found.difference
    if gap > 0:
        return f"{gap} of {found.encountered} encountered {'is' if gap == 1 else 'are'} not accounted for."
    if gap < 0:
        told = found.encountered - gap
        return f"{-gap} more accounted for than encountered: {told} against {found.encountered}."
    if found.encountered == 1:
        return "The one encountered is accounted for."
    return f"All {found.encountered} encountered are accounted for."


def has_begun(state: ActionState) -> bool:
    return state in (ActionState.BEGUN, ActionState.DONE)


def why_not_begun(reference: str, state: ActionState) -> str:
    """Why there is nobody to count at this action; nothing once it has begun."""
    if has_begun(state):
        return ""
    if state is ActionState.STOOD_DOWN:
        return f"{reference} was stood down: there is nobody to count."
    return (
        f"{reference} has not begun: people are counted from the moment it does. "
        "Silver or Gold begins it under Move and begin."
    )


def why_not_counted(reference: str, state: ActionState, ends_at: datetime, now: datetime) -> str:
    """Why a count cannot be changed now; nothing where it can: until some days after the end, for corrections."""
    if state is ActionState.DONE and now > ends_at + CORRECTED_FOR:
        until = day_words(local(ends_at + CORRECTED_FOR).date(), year=True)
        return (
            f"The counts of {reference} could be corrected until {until}, {CORRECTED_FOR.days} days after its end. "
            "A difference that is left can still be explained."
        )
    return why_not_begun(reference, state)


def needing_a_place(found: Totals) -> int:
    """Who is met and needs a place tonight: not who declined or left, nor who is at the children's service.

    Who is in hospital or arrested needs one when they come out, and so counts.
    """
    elsewhere = (Count.DECLINED, Count.LEFT, Count.CHILDRENS_SERVICE)
    return max(0, found.encountered - sum(found.whereabouts[count] for count in elsewhere))


class Places(NamedTuple):
    """For this action: confirmed before the door, and given by telephone since."""

    confirmed: int
    by_telephone: int = 0


def more_needed(found: Totals, places: Places) -> int:
    return max(0, needing_a_place(found) - places.confirmed - places.by_telephone)


def overflow_words(found: Totals, places: Places) -> str:
    """ "7 encountered, 4 places confirmed: 3 more needed."; who needs none and what was said by telephone beside it."""
    if found.is_empty:
        return f"{count_words(places.confirmed + places.by_telephone, 'place')} for whoever is encountered."
    need, short = needing_a_place(found), more_needed(found, places)
    said = [f"{found.encountered} encountered"]
    if need < found.encountered:
        said.append(f"{count_words(need, 'needs', 'need')} a place")
    said.append(f"{count_words(places.confirmed, 'place')} confirmed")
    if places.by_telephone:
        said.append(f"{places.by_telephone} by telephone")
    return f"{', '.join(said)}: {f'{short} more needed' if short else 'enough'}."
