"""What a conference decided on, kept as plain values, and what has materially changed since.

Place, partner and power count, and more people; fewer people are no new question. Source: the Scottish briefing to
TARA, by which the conference is convened on the action that is then taken.
"""

import json
from typing import Any

from planner.rules.values import Facts, OfferFact
from planner.rules.words import Children, ConditionState, OfferState

PLAIN = {
    "region": "the region",
    "kind": "the kind of action",
    "premises": "the premises",
    "exploitation": "the exploitation",
    "immigration": "immigration enforcement's presence",
    "power": "the power",
}


def accepted(offer: OfferFact, facts: Facts) -> bool:
    """Accepted counts; accepted with a condition counts unless one was refused."""
    if offer.state is OfferState.ACCEPTED:
        return True
    refused = {item.offer_id for item in facts.conditions if item.state is ConditionState.REFUSED}
    return offer.state is OfferState.ACCEPTED_WITH_CONDITIONS and offer.id not in refused


def decided_on(facts: Facts) -> str:
    """The action as a conference sees it now, as JSON."""
    return json.dumps(_values(facts), sort_keys=True)


def _values(facts: Facts) -> dict[str, Any]:
    action, legal = facts.action, facts.legal
    return {
        "region": action.region,
        "kind": action.kind,
        "premises": [action.premises_kind, action.premises_count],
        "exploitation": action.exploitation,
        "immigration": action.immigration,
        "power": legal.power if legal else None,
        "children": action.children,
        "demand": {f"{line.profile}, {line.need}": [line.likely, line.high] for line in facts.demand},
        "partners": sorted([offer.role, offer.agency_id] for offer in facts.offers if accepted(offer, facts)),
    }


def changed_since(decided: str | None, facts: Facts) -> tuple[str, ...]:
    """In words, what is materially different now; a decision whose ground was not kept counts as changed."""
    try:
        then = json.loads(decided or "")
    except ValueError:
        return ("what it was decided on is not kept",)
    now = _values(facts)
    if then == now:
        return ()
    found = [words for name, words in PLAIN.items() if then[name] != now[name]]
    if then["children"] != now["children"] and now["children"] != Children.NONE:
        found.append("what is said of children")
    if any(_more(numbers, then["demand"].get(who)) for who, numbers in now["demand"].items()):
        found.append("more people are expected")
    if any(partner not in now["partners"] for partner in then["partners"]):
        found.append("a partner who had accepted is not there now")
    return tuple(found)


def _more(now: list[int], then: list[int] | None) -> bool:
    return any(after > before for after, before in zip(now, then or [0, 0], strict=True))
