"""The terms of a gate's policy: which way each gets stricter, in what words, and within what bounds.

A nation and a force may tighten what stands above them, never loosen it; where several policies meet, each term counts
as the strictest of them has it, so that an older policy of a force never undercuts a newer minimum.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from planner.rules.counts import count_words
from planner.rules.policy_values import PolicyFact

Stricter = Callable[[Any, Any], Any]
# What the law asks is no commander's to make mere advice.
ALWAYS_BLOCK = frozenset({"legal_basis"})


class Terms(NamedTuple):
    """What one policy says; `blocks` names checks, `conference_material` what else voids a decision."""

    blocks: frozenset[str]
    nights: int = 3
    whole_stay: bool = False
    onward_route: bool = True
    plan_to_high: bool = True
    quorum: int = 3
    conference_lead_hours: int = 12
    conference_lead_days: int = 0
    conference_emergency_hours: int = 2
    conference_material: frozenset[str] = frozenset()
    margin_hours: int = 6
    clash_check_hours: int = 24


class Term(NamedTuple):
    """One of them: its title, how two values are joined, and for a number its noun and bounds."""

    name: str
    title: str
    stricter: Stricter
    noun: str = ""
    least: int = 0
    most: int = 0
    plural: str | None = None


TERMS: tuple[Term, ...] = (
    Term("blocks", "Checks that block", or_),
    Term("nights", "Nights for which places are confirmed", max, "night", 1, 90),
    Term("whole_stay", "Places for the whole stay", or_),
    Term("onward_route", "An onward route accepted", or_),
    Term("plan_to_high", "A plan up to high demand", or_),
    Term("quorum", "Quorum of a conference", max, "agency", 2, 12, "agencies"),
    Term("conference_lead_hours", "A conference is over before its action by", max, "hour", 1, 336),
    Term("conference_lead_days", "And by working days, whole ones", max, "working day", 0, 10),
    Term("conference_emergency_hours", "An emergency conference is over before its action by", max, "hour", 0, 48),
    Term("conference_material", "What else asks for a new conference", or_),
    Term("margin_hours", "Arrangements last beyond the planned end by", max, "hour", 0, 72),
    Term("clash_check_hours", "A clash check counts for", min, "hour", 1, 168),
)
BY_NAME = {term.name: term for term in TERMS}


def terms_of(policy: PolicyFact) -> Terms:
    """The terms that a gate is judged by."""
    return Terms(**{term.name: getattr(policy, term.name) for term in TERMS})


def strictest(several: Iterable[Terms]) -> Terms:
    """Each term as the strictest of several policies has it."""
    return reduce(_both, several)


def _both(one: Terms, other: Terms) -> Terms:
    return Terms(**{term.name: term.stricter(getattr(one, term.name), getattr(other, term.name)) for term in TERMS})


def looser(asked: Terms, least: Terms) -> tuple[str, ...]:
    """Each term that would be looser than the minimum, in words with both values."""
    found = []
    for term in TERMS:
        mine, minimum = getattr(asked, term.name), getattr(least, term.name)
        if term.stricter(mine, minimum) == mine:
            continue
        if isinstance(minimum, frozenset):
            found.append(f"{term.title}: {_names(minimum - mine)} {_is_or_are(minimum - mine)} in the minimum")
        else:
            found.append(f"{term.title}: {value_words(term, mine)}, where the minimum is {value_words(term, minimum)}")
    return tuple(found)


def changes(before: Terms, after: Terms) -> tuple[str, ...]:
    """What is different, in words: "Quorum of a conference: 3 agencies, now 4 agencies"."""
    pairs = ((term, getattr(before, term.name), getattr(after, term.name)) for term in TERMS)
    return tuple(
        f"{term.title}: {value_words(term, then)}, now {value_words(term, now)}"
        for term, then, now in pairs
        if then != now
    )


def out_of_bounds(terms: Terms) -> tuple[str, ...]:
    """What no policy may say, as sentences."""
    found = [
        f"{term.title}: {value_words(term, value)} is not possible, {term.least} to {term.most} is."
        for term in TERMS
        if term.noun and not term.least <= (value := getattr(terms, term.name)) <= term.most
    ]
    if missing := ALWAYS_BLOCK - terms.blocks:
        found.append(f"{_names(missing)} always blocks: the law asks it, not the policy.")
    return tuple(found)


def value_words(term: Term, value: Any) -> str:
    """A value as a person reads it."""
    if isinstance(value, frozenset):
        return _names(value) if value else "none"
    if isinstance(value, bool):
        return "required" if value else "not required"
    return count_words(value, term.noun, term.plural)


def check_words(name: str) -> str:
    """A check or a kind of change, as it stands in a list: "legal basis"."""
    return name.replace("_", " ")


def _names(names: Iterable[str]) -> str:
    *others, last = sorted(check_words(name) for name in names)
    return f"{', '.join(others)} and {last}" if others else last


def _is_or_are(names: Iterable[str]) -> str:
    return "is" if len(list(names)) == 1 else "are"
