"""Checks of what surrounds the day: interpreters, medical, reception, transport, and whether all of it lasts."""

import functools
from datetime import timedelta

from planner.rules.arrangement_words import Conflict
from planner.rules.dates import when_words
from planner.rules.findings import Finding, State
from planner.rules.values import ArrangementFact, Facts
from planner.rules.windows import local
from planner.rules.words import (
    ArrangementKind,
    ArrangementState,
    HoldState,
    SiteKind,
)

LOCKED = (SiteKind.CUSTODY, SiteKind.DETENTION)
LASTING = {
    ArrangementKind.INTERPRETERS: "the interpreter",
    ArrangementKind.MEDICAL: "the medical arrangement",
    ArrangementKind.RECEPTION: "the reception site",
    ArrangementKind.TRANSPORT: "transport",
    ArrangementKind.CHILDREN_SERVICE: "the children's service",
    ArrangementKind.ON_CALL: "the provider on call",
}


def _found(facts: Facts, kind: ArrangementKind) -> ArrangementFact | None:
    """The first of this kind that stands for the whole action; where none does, the first that is asked for."""
    asked: ArrangementFact | None = None
    for item in facts.arrangements:
        if item.kind is not kind or item.state is ArrangementState.WITHDRAWN:
            continue
        if item.stands(facts.action.starts_at, facts.action.ends_at):
            return item
        asked = asked or item
    return asked


def _confirmed(facts: Facts, kind: ArrangementKind, name: str) -> tuple[Finding, ArrangementFact | None]:
    found = _found(facts, kind)
    if found is None:
        return _not_recorded(kind, name), None
    remedy = f"Silver: have {name} confirmed."
    if found.state is not ArrangementState.CONFIRMED:
        return Finding(kind.value, State.UNMET, f"The {name} is requested, not confirmed.", (), remedy), None
    if not found.stands(facts.action.starts_at, facts.action.ends_at):
        text = f"The {name} is confirmed, but not for the whole of {{}}."
        return Finding(kind.value, State.UNMET, text, (window_words(facts),), remedy), None
    return Finding(kind.value, State.MET, "Confirmed by {}.", (found.answered_post or "the partner",)), found


@functools.cache
def _not_recorded(kind: ArrangementKind, name: str) -> Finding:
    """Nothing of any one action is in it, so one serves for all: most are months away and have nothing yet."""
    return Finding(kind.value, State.NOT_RECORDED, f"No {name} is recorded.", (), f"Silver: have {name} confirmed.")


def window_words(facts: Facts) -> str:
    return when_words(facts.action.starts_at, facts.action.ends_at, read=local(facts.now).date())


def interpreters(facts: Facts) -> Finding:
    """A confirmed interpreter for every language known, or a telephone interpreter."""
    finding, found = _confirmed(facts, ArrangementKind.INTERPRETERS, "interpreter")
    if found is not None and found.conflict_said is Conflict.DECLARED:
        remedy = "Silver: withdraw it and have another interpreter confirmed."
        return Finding("interpreters", State.UNMET, "The interpreter declared a conflict of interest.", (), remedy)
    if found is None or found.telephone:
        return finding
    have = {word.strip().lower() for word in found.languages.split(",")}
    lacking = [word.strip() for word in facts.action.languages.split(",") if word.strip().lower() not in have]
    lacking = [word for word in lacking if word]
    if lacking or not facts.action.languages.strip():
        what = ", ".join(lacking) or "languages that nobody knows yet"
        remedy = "Silver: add a telephone interpreter."
        return Finding("interpreters", State.UNMET, "No interpreter for {}.", (what,), remedy)
    return finding


def medical(facts: Facts) -> Finding:
    """A confirmed medical arrangement at reception."""
    return _confirmed(facts, ArrangementKind.MEDICAL, "medical arrangement")[0]


def reception(facts: Facts) -> Finding:
    """A confirmed reception site, never custody or immigration detention."""
    finding, found = _confirmed(facts, ArrangementKind.RECEPTION, "reception site")
    if found is not None and (found.site is None or found.site in LOCKED):
        remedy = "Silver: name a community or health site."
        return Finding("reception", State.UNMET, "The site's kind is not one that may receive people.", (), remedy)
    return finding


def transport(facts: Facts) -> Finding:
    """Confirmed transport; it blocks as soon as one person is likely."""
    finding, _ = _confirmed(facts, ArrangementKind.TRANSPORT, "transport")
    return finding._replace(blocks=True) if any(line.likely for line in facts.demand) else finding


def holds_outlast(facts: Facts) -> Finding:
    """Arrangements and holds last beyond the planned end plus the policy's margin."""
    until = [
        (item.until_at, LASTING[item.kind]) for item in facts.arrangements if item.until_at and item.kind in LASTING
    ]
    until += [(hold.expires_at, "a hold") for hold in facts.holds if hold.expires_at and hold.state is HoldState.HELD]
    if not until:
        return Finding("holds_outlast", State.MET, "Nothing recorded ends early.")
    needed = facts.action.ends_at + timedelta(hours=facts.policy.margin_hours)
    first, what = min(until)
    if first < needed:
        text = "What ends too early: {}, {}; it should last to {}."
        return Finding("holds_outlast", State.UNMET, text, (what, first, needed), "Silver: extend it.")
    return Finding("holds_outlast", State.MET, "Everything lasts to {} at least.", (first,))
