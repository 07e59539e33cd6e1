"""Checks of victim care: confirmed places, and the child pathway. Held is not confirmed; only confirmed counts."""

from planner.rules.counts import count_words
from planner.rules.demand import coverage, nights_needed, reserve_stands
from planner.rules.findings import Finding, State
from planner.rules.values import ArrangementFact, Facts
from planner.rules.words import ArrangementKind, Children, Profile

PROFILE_WORDS = {
    Profile.WOMAN: "women",
    Profile.MAN: "men",
    Profile.FAMILY: "women with a child",
    Profile.CHILD: "children or people of uncertain age",
}
FIND = "Care lead: find and confirm places."


def care(facts: Facts) -> Finding:
    """Confirmed places reach likely in every profile for the nights policy asks, and never fewer than one.

    Source: in 2006 demand exceeded 25 funded places with narrow criteria, and none were for children.
    """
    nights = nights_needed(facts)
    if nights is None:
        return _care(State.UNMET, "The length of the stay in this nation is not in the table of support periods.")
    if not facts.demand:
        return _care(State.NOT_RECORDED, "Nobody has said how many people to expect.", remedy="Silver: set demand.")
    cover = coverage(facts)
    for line in cover:
        if line.confirmed < line.likely:
            text = "{} short for {}: {} confirmed of {} likely, {} held."
            short = count_words(line.likely - line.confirmed, "place")
            values = (short, PROFILE_WORDS[line.profile], line.confirmed, line.likely, line.held)
            final = line.profile is Profile.CHILD
            return Finding("care", State.UNMET, text, values, FIND, blocks=True, final=final)
    return _enough_and_more(facts, sum(line.confirmed for line in cover), nights)


def _care(state: State, template: str, *values: object, remedy: str = "") -> Finding:
    return Finding("care", state, template, values, remedy)


def _enough_and_more(facts: Facts, confirmed: int, nights: int) -> Finding:
    likely, high = sum(line.likely for line in facts.demand), sum(line.high for line in facts.demand)
    if likely == 0 and high == 0 and not facts.action.zero_demand_reason:
        return _care(State.UNMET, "Nobody is expected at all, and no reason is given.", remedy="Silver: give it.")
    shared = reserve_stands(facts)
    if confirmed == 0 and not shared:
        text = "No place is confirmed: one at least, or a share of a confirmed reserve."
        return _care(State.UNMET, text, remedy="Care lead: confirm a place or share a reserve.")
    onward = facts.policy.onward_route and not facts.policy.whole_stay
    if onward and not _confirmed(facts, ArrangementKind.ONWARD_ROUTE):
        text = "No onward route is accepted after the first {} nights."
        return _care(State.UNMET, text, nights, remedy="Care lead: record the onward route.")
    missing = _children_beyond(facts)
    if missing:
        text = "{} of uncertain age or under 18 at most are beyond what is accepted: adult places never cover a child."
        remedy = "Silver: ask the responsible children's service."
        return Finding("care", State.UNMET, text, (missing,), remedy, blocks=True, final=True)
    extra = sum(item.number for item in _confirmed(facts, ArrangementKind.ON_CALL))
    if facts.policy.plan_to_high and not shared and confirmed + extra < high:
        text = "{} of {} at most are provided for; no plan for the rest."
        return _care(State.UNMET, text, confirmed + extra, high, remedy="Care lead: record a provider on call.")
    if shared and confirmed == 0:
        return _care(State.MET, "A confirmed reserve is shared; {} planned for.", count_words(high, "person", "people"))
    return _care(State.MET, "{} confirmed for {} likely, {} nights.", count_words(confirmed, "place"), likely, nights)


def _children_beyond(facts: Facts) -> int:
    """Children at most, beyond confirmed places for children and what the children's service accepted."""
    at_most = sum(line.high for line in facts.demand if line.profile is Profile.CHILD)
    if not at_most:
        return 0
    places = sum(line.confirmed for line in coverage(facts) if line.profile is Profile.CHILD)
    accepted = sum(item.number for item in _confirmed(facts, ArrangementKind.CHILDREN_SERVICE))
    return max(0, at_most - places - accepted)


def _confirmed(facts: Facts, kind: ArrangementKind) -> list[ArrangementFact]:
    """What stands when the action begins."""
    start = facts.action.starts_at
    return [item for item in facts.arrangements if item.kind is kind and item.stands(start, start)]


def child_pathway(facts: Facts) -> Finding:
    """Children: none with a reason and agreement, or the responsible children's service's acceptance."""
    action = facts.action
    at_most = sum(line.high for line in facts.demand if line.profile is Profile.CHILD)
    if action.children is Children.NONE and at_most:
        return _children(facts, State.UNMET, "None expected is said, and yet the demand has {} at most.", at_most)
    if action.children is Children.NONE:
        if action.children_reason and action.children_agreed_by:
            text = "None expected: agreed by {}."
            return Finding("child_pathway", State.MET, text, (action.children_agreed_by,))
        text = "None expected, without a reason and the children's representative's agreement."
        return _children(facts, State.UNMET, text)
    needed = max(1, action.children_number, at_most)
    accepted = _confirmed(facts, ArrangementKind.CHILDREN_SERVICE)
    named = [item for item in accepted if item.in_hours_post and item.out_of_hours_post]
    if accepted and not named:
        return _children(facts, State.UNMET, "The children's service named no duty manager in and out of hours.")
    number = sum(item.number for item in named)
    if number >= needed:
        return Finding("child_pathway", State.MET, "Accepted for {}, in and out of hours.", (number,))
    if named:
        return _children(facts, State.UNMET, "Accepted for {}; {} needed.", number, needed)
    expected = "Children are expected" if _is_expected(facts) else "Children are not ruled out"
    return _children(facts, State.UNMET, "{}, and no children's service has accepted.", expected)


def _is_expected(facts: Facts) -> bool:
    """Said to be, or likely by the demand."""
    likely = any(line.likely for line in facts.demand if line.profile is Profile.CHILD)
    return likely or facts.action.children is Children.EXPECTED


def _children(facts: Facts, state: State, template: str, *values: object) -> Finding:
    """Where a child is expected, no policy makes it advice and nobody overrides it."""
    expected = _is_expected(facts)
    remedy = "Silver: ask the responsible children's service."
    return Finding("child_pathway", state, template, values, remedy, blocks=expected, final=expected)
