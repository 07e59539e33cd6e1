"""Checks of people: the case conference, and posts with their conditions."""

from datetime import datetime

from planner.rules.counts import count_words
from planner.rules.decided import accepted, changed_since
from planner.rules.findings import Finding, State
from planner.rules.lead_time import Held, latest_end
from planner.rules.quorum import kinds_in, missing_for_quorum, missing_words
from planner.rules.standing import not_low_risk
from planner.rules.values import Facts, OfferFact
from planner.rules.words import ConditionState, ConferenceState, Decision, UndertakingState

LATE = "Cell: convene an emergency conference, or move the action."
PROCEEDS = (Decision.PROCEED, Decision.PROCEED_WITH_CONDITIONS)


def conference(facts: Facts) -> Finding:
    """Held, quorate, early enough, decided to proceed, undertakings done, nothing material changed since.

    Source: the Scottish briefing to TARA: convene before direct enforcement activity at all times.
    """
    held = facts.conference
    if held is None:
        return _conference(State.NOT_RECORDED, "No case conference is convened.", remedy="Cell: convene one.")
    if held.state is not ConferenceState.HELD or held.held_at is None:
        return _conference(State.UNMET, "The conference is convened for {}, not held yet.", held.starts_at)
    needed = max(facts.policy.quorum, held.quorum or 0)
    missing = missing_for_quorum(facts.seats, needed, kinds_in(held.required_kinds))
    if missing:
        text = "The conference was not quorate: {}."
        return _conference(State.UNMET, text, missing_words(missing), remedy="Cell: convene again.")
    latest = latest_end(_lead(facts), held.kind)
    if held.held_at > latest.ends_at:
        text = "Held {}, less than {} before the action: {} was the latest."
        return _conference(State.UNMET, text, held.held_at, latest.because, latest.ends_at, remedy=LATE)
    return _decision(facts)


def _lead(facts: Facts) -> Held:
    action = facts.action
    return Held(action.reference, action.starts_at, action.nation, facts.policy.lead, facts.holidays)


def _conference(state: State, template: str, *values: object, remedy: str = "") -> Finding:
    return Finding("conference", state, template, values, remedy)


def _decision(facts: Facts) -> Finding:
    held = facts.conference
    if held is None or held.decision is None:
        return _conference(State.UNMET, "The conference has not decided on this action.", remedy="Chair: decide.")
    if held.decision not in PROCEEDS:
        words = held.decision.replace("_", " ")
        return _conference(State.UNMET, "The conference decided: {}.", words, remedy="Cell: convene a review.")
    changed = changed_since(held.decided_on, facts)
    if changed:
        text = "Changed since the conference: {}."
        return _conference(State.UNMET, text, "; ".join(changed), remedy="Cell: convene a review.")
    open_ = [undertaking for undertaking in facts.undertakings if undertaking.state is UndertakingState.OPEN]
    if open_:
        first = open_[0]
        late = sum(undertaking.due_at < facts.now for undertaking in open_)
        text = "{} overdue: {} ({}, by {})." if late else "{} still open: {} ({}, by {})."
        left = count_words(late or len(open_), "undertaking")
        return _conference(State.UNMET, text, left, first.text, first.agency, first.due_at, remedy=first.agency)
    if held.clear_until is not None:
        return _clearance(facts, held.held_at, held.clear_until)
    return _conference(State.MET, "Held {}; decided: {}.", held.held_at, held.decision.replace("_", " "))


def _clearance(facts: Facts, held_at: datetime | None, until: datetime) -> Finding:
    """A standing group lets a low-risk action go ahead for seven days."""
    if max(facts.now, facts.action.starts_at) > until:
        text = "A standing group cleared it until {}, no longer."
        return _conference(State.UNMET, text, until, remedy="Cell: ask the group again, or convene a conference.")
    risk = not_low_risk(facts)
    if risk:
        text = "Cleared by a standing group as of low risk, but {}."
        return _conference(State.UNMET, text, risk, remedy="Cell: convene a conference.")
    return _conference(State.MET, "Cleared by a standing group on {}, until {}.", held_at, until)


def roles(facts: Facts) -> Finding:
    """Every required post is accepted, conditions are answered, and nobody is in two places.

    Posts count by their code: an agency that accepted an earlier version of a post holds it.
    """
    counting = [offer for offer in facts.offers if accepted(offer, facts)]
    have = [offer.role for offer in counting]
    short = [role.title for role in facts.roles if have.count(role.code) < role.needed]
    if short:
        text = "{} of {} required posts accepted; missing: {}."
        done = len(facts.roles) - len(short)
        named = ", ".join(short[:2]) + (f" and {len(short) - 2} more" if len(short) > 2 else "")
        return _roles(text, done, len(facts.roles), named, remedy="Silver: offer them or chase the lead.")
    raised = [condition for condition in facts.conditions if condition.state is ConditionState.RAISED]
    if raised:
        text = "{} to answer: {}."
        left = count_words(len(raised), "condition")
        remedy = "Silver: answer it." if raised[0].changed_to is None else "Partner: agree to the other wording."
        return _roles(text, left, raised[0].text.rstrip("."), remedy=remedy)
    if not any(_refers(offer, facts) for offer in counting):
        return _roles("No first-responder organisation of this nation has accepted.", remedy="Silver: offer the post.")
    if not any(_needs_training(offer, facts) for offer in counting):
        return _roles("No post of an officer trained to recognise a victim is accepted.", remedy="Silver: offer it.")
    if any(_lacks_training(offer, facts) for offer in counting):
        return _roles("The trained officer's course is not in the register.", remedy="Force: record the training.")
    if any(offer.lead_id in facts.double_booked for offer in counting):
        return _roles("A lead is also expected at another action then.", remedy="Silver: name a deputy.")
    return Finding("roles", State.MET, "{} of {} required posts accepted.", (len(facts.roles), len(facts.roles)))


def _roles(template: str, *values: object, remedy: str = "") -> Finding:
    return Finding("roles", State.UNMET, template, values, remedy)


def _lacks_training(offer: OfferFact, facts: Facts) -> bool:
    return offer.lead_id not in facts.trained and _needs_training(offer, facts)


def _needs_training(offer: OfferFact, facts: Facts) -> bool:
    """By the version that was offered, or by today's."""
    return offer.needs_training or any(role.needs_training for role in facts.roles if role.code == offer.role)


def _refers(offer: OfferFact, facts: Facts) -> bool:
    nations = offer.agency_nations.split("|") if offer.agency_nations else []
    here = offer.agency_nation is None or offer.agency_nation == facts.action.nation
    return offer.first_responder and (facts.action.nation in nations if nations else here)
