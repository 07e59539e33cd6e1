"""What a conference decided on, kept as plain values, and what has materially changed since.

Place, partner and power count, and more people; another time, fewer people, other languages or a partner more are no
new question unless policy says so. Source: the Scottish briefing to TARA, by which the conference is convened on the
action that is then taken.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from planner.rules.values import Facts, OfferFact
from planner.rules.words import Children, ConditionState, OfferState


class Material(StrEnum):
    """What policy may add to what voids a decision."""

    TIME = "time"
    FEWER_PEOPLE = "fewer_people"
    LANGUAGES = "languages"
    NEW_PARTNER = "new_partner"


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
        "time": [action.starts_at.isoformat(), action.ends_at.isoformat()],
        "languages": action.languages,
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
    asked = [[offer.role, offer.agency_id] for offer in facts.offers if offer.state is OfferState.OFFERED]
    there = [
        *now["partners"],
        *asked,
    ]  # who is asked again, for a slip of a day, has not gone: roles wait for the answer
    if any(partner not in there for partner in then["partners"]):
        found.append("a partner who had accepted is not there now")
    more = _by_policy(then, now)
    found += [said for what, said in more.items() if what in facts.policy.conference_material]
    return tuple(found)


def _by_policy(then: Mapping[str, Any], now: Mapping[str, Any]) -> dict[Material, str]:
    """What else is different, for policy to choose from; what was not kept then counts as different."""
    found = {}
    if then.get("time") != now["time"]:
        found[Material.TIME] = "the time"
    if any(_more(numbers, now["demand"].get(who)) for who, numbers in then["demand"].items()):
        found[Material.FEWER_PEOPLE] = "fewer people are expected"
    if then.get("languages") != now["languages"]:
        found[Material.LANGUAGES] = "the languages"
    if any(partner not in then["partners"] for partner in now["partners"]):
        found[Material.NEW_PARTNER] = "another partner has accepted"
    return found


def _more(now: list[int], then: list[int] | None) -> bool:
    return any(after > before for after, before in zip(now, then or [0, 0], strict=True))
