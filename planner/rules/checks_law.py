"""Checks of law and of other actions: legal basis, clashes, the region, agreements."""

from datetime import date, datetime, timedelta

from planner.rules.clashes import ClashFact, Ground
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.findings import Finding, State
from planner.rules.sharing import ALWAYS, POLICE, Category, categories_words, needed_of
from planner.rules.values import ArrangementFact, Facts, LegalFact
from planner.rules.warrants import is_night_entry, last_day, names_function, noun
from planner.rules.windows import local
from planner.rules.words import (
    ActionState,
    AgencyKind,
    ArrangementKind,
    ArrangementState,
    Entries,
    HoldState,
    Nation,
    OfferState,
    Power,
)

ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)


def legal_basis(facts: Facts) -> Finding:
    """A warrant or other power valid at the planned time, unspent, with the functions on entry named.

    Source: PACE 1984 s.16 for England and Wales; elsewhere what the user entered.
    """
    legal = facts.legal
    if legal is None:
        return _legal(State.NOT_RECORDED, "No warrant or other power is recorded.", remedy="Silver: record the power.")
    if legal.hearing_at is not None:
        return _applied_for(facts, legal.hearing_at)
    if legal.spent_at is not None and legal.entries is Entries.ONE and facts.action.state is not ActionState.BEGUN:
        return _legal(State.UNMET, "The warrant allows one entry and was spent {}.", legal.spent_at, remedy=REISSUE)
    if legal.power is Power.WARRANT and legal.expires_on is None:
        return _legal(State.UNMET, "The warrant's last lawful day is not entered.", remedy="Silver: enter it.")
    return _life(facts, legal) or _conduct_of_entry(facts, legal)


REISSUE = "Silver: move the action or have the warrant issued again."
ISSUE = "Silver: enter it once it is issued, or have it heard earlier."
NEXT = "Silver: ask the court; enter the warrant, or when it is heard next."
TOO_LATE = "Silver: have it heard earlier, or move the action."


def _legal(state: State, template: str, *values: object, remedy: str = "") -> Finding:
    """Nobody may override what the law asks."""
    return Finding("legal_basis", state, template, values, remedy, final=True)


def _applied_for(facts: Facts, hearing_at: datetime) -> Finding:
    """What is only asked for is no power, however near the hearing."""
    if hearing_at <= facts.now:
        text = "The warrant was to be heard {}; that it was issued is not recorded."
        return _legal(State.UNMET, text, hearing_at, remedy=NEXT)
    if hearing_at >= facts.action.starts_at:
        text = "The warrant is applied for and heard {}, after the action begins."
        return _legal(State.UNMET, text, hearing_at, remedy=TOO_LATE)
    return _legal(State.UNMET, "The warrant is only applied for: it is heard {}.", hearing_at, remedy=ISSUE)


def _life(facts: Facts, legal: LegalFact) -> Finding | None:
    """Entry and search lie within the power's life (PACE 1984 s.16(3)): the whole of the planned time."""
    first, last = local(facts.action.starts_at).date(), last_day(facts.action.starts_at, facts.action.ends_at)
    if legal.expires_on is not None and first > legal.expires_on:
        text = "The {} ends {}; the action is planned for {}."
        return _legal(State.UNMET, text, noun(legal), legal.expires_on, first, remedy=REISSUE)
    if legal.expires_on is not None and last > legal.expires_on:
        text = "The {} ends {}; the action goes on until {}."
        return _legal(State.UNMET, text, noun(legal), legal.expires_on, facts.action.ends_at, remedy=REISSUE)
    if legal.issued_on is not None and first < legal.issued_on:
        text = "The {} is issued {}, after the action."
        return _legal(State.UNMET, text, noun(legal), legal.issued_on, remedy=REISSUE)
    return None


def _conduct_of_entry(facts: Facts, legal: LegalFact) -> Finding:
    if is_night_entry(facts.action.starts_at) and not legal.hour_reason:
        hour = f"{local(facts.action.starts_at):%H:%M}"
        return _legal(State.UNMET, "Entry at {} has no reason for the hour.", hour, remedy=HOUR)
    if facts.action.nation is Nation.SCOTLAND and not legal.direction_reference:
        return _no_direction(legal)
    if legal.power is Power.WARRANT:
        if not legal.premises_authority and (legal.all_premises or facts.action.premises_count > 1):
            return _no_authority(facts, legal)
        missing = _unnamed_on_entry(facts, legal)
        if missing:
            text = "The warrant does not name as accompanying: {}."
            return _legal(State.UNMET, text, ", ".join(missing), remedy=NAME)
    until = legal.expires_on or "the end of the power"
    return _legal(State.MET, "{} stands until {}.", legal.statute, until)


def _no_direction(legal: LegalFact) -> Finding:
    if legal.direction_asked_on is None:
        text = "The procurator fiscal's direction is not recorded."
        return _legal(State.UNMET, text, remedy="Silver: ask for it, and record when.")
    text = "The procurator fiscal's direction was asked for {} and is not given."
    return _legal(State.UNMET, text, legal.direction_asked_on, remedy="Silver: ask again; record its reference.")


def _no_authority(facts: Facts, legal: LegalFact) -> Finding:
    """Premises that the warrant does not specify are entered on an inspector's written authority (PACE s.16(3A))."""
    if legal.all_premises:
        text = "The warrant is for all premises, and that each of them is authorised is not recorded."
        return _legal(State.UNMET, text, remedy=AUTHORITY)
    text = "The action is at {} premises, and that the warrant covers each of them is not recorded."
    return _legal(State.UNMET, text, facts.action.premises_count, remedy=AUTHORITY)


AUTHORITY = "Silver: have each authorised, in writing, then record it."


def _unnamed_on_entry(facts: Facts, legal: LegalFact) -> list[str]:
    """Functions of other agencies that go in and that the warrant does not name, by the version offered or today's."""
    now = {role.code for role in facts.roles if role.on_entry}
    entering = {
        (offer.role, offer.role_title)
        for offer in facts.offers
        if (offer.on_entry or offer.role in now)
        and offer.agency_kind is not AgencyKind.POLICE_FORCE
        and offer.state in ACCEPTED
    }
    return sorted(title for code, title in entering if not names_function(legal.accompanying, code, title))


HOUR = "Silver: give the reason, or plan entry between 06:00 and 22:00."
NAME = "Silver: have the function named on the warrant, or keep it off entry."


def clashes(facts: Facts) -> Finding:
    """The automatic check ran lately, each clash is cleared by a person, and what was checked outside is said."""
    oldest = facts.now - timedelta(hours=facts.policy.clash_check_hours)
    if facts.clash_ran_at is None:
        return _clash(State.NOT_RECORDED, "The clash check has not run.", remedy=RUN_CHECK)
    if facts.clash_ran_at < oldest:
        return _clash(State.UNMET, "The clash check last ran {}.", facts.clash_ran_at, remedy=RUN_CHECK)
    found = still_clashing(facts)
    open_ = [clash for clash in found if clash.open]
    if open_:
        return _clash(State.UNMET, "{} to clear: {}", len(open_), open_[0].reason, remedy="Silver: ring the contact.")
    inside = "No clash among actions held here"
    if found:
        inside = f"{count_words(len(found), 'clash', 'clashes')} cleared by a call, no other among actions held here"
    outside = [_outside_words(row, local(facts.now).date()) for row in outside_checks(facts)]
    if outside:
        return _clash(State.MET, "{}; checked outside {}.", inside, "; ".join(outside))
    return _clash(State.MET, "{}.", inside)


def still_clashing(facts: Facts) -> tuple[ClashFact, ...]:
    """Whose own request for places is answered asks for no last places any more."""
    if not facts.clashes or any(hold.state is HoldState.REQUESTED for hold in facts.holds):
        return facts.clashes
    return tuple(clash for clash in facts.clashes if clash.grounds != Ground.PLACES)


def outside_checks(facts: Facts) -> list[ArrangementFact]:
    """Deconfliction in a system that is not this one, as somebody there confirmed it."""
    return [
        row
        for row in facts.arrangements
        if row.kind is ArrangementKind.DECONFLICTION and row.state is ArrangementState.CONFIRMED
    ]


def _outside_words(row: ArrangementFact, today: date) -> str:
    on = f" on {day_words(local(row.confirmed_at).date(), read=today)}" if row.confirmed_at else ""
    return f"by {row.answered_post}{on}, reference {row.reference or 'none'}"


RUN_CHECK = "Silver: run the clash check on the action's page."


def _clash(state: State, template: str, *values: object, remedy: str = "") -> Finding:
    return Finding("clashes", state, template, values, remedy)


def region_informed(facts: Facts) -> Finding:
    """The regional cell answered: when, and who."""
    for arrangement in facts.arrangements:
        if arrangement.kind is ArrangementKind.REGION_INFORMED and arrangement.state is ArrangementState.CONFIRMED:
            when = arrangement.confirmed_at
            return Finding("region_informed", State.MET, "Answered {} by {}.", (when, arrangement.answered_post))
    return Finding("region_informed", State.UNMET, "The regional cell has not answered.", (), "Silver: tell the cell.")


def agreements(facts: Facts) -> Finding:
    """Each partner whose post needs more than logistics has a current agreement that covers what it needs."""
    partners = [offer for offer in facts.offers if offer.state in ACCEPTED and offer.agency_kind not in POLICE]
    if not partners:
        return Finding("agreements", State.NOT_NEEDED, "No partner has accepted a post yet.")
    asking = [(offer, needed_of(offer.concerns)) for offer in partners]
    lacking: dict[str, frozenset[Category]] = {}
    for offer, needed in asking:
        missing = needed - facts.agreed.with_agency(offer.agency_id, facts.action.force_id)
        if missing:
            lacking[offer.agency] = lacking.get(offer.agency, frozenset()) | missing
    if lacking:
        named = "; ".join(f"{agency} ({categories_words(what)})" for agency, what in sorted(lacking.items()))
        text = "No current agreement for what a post needs to know: {}. Until there is one, it is not shown."
        return Finding("agreements", State.UNMET, text, (named,), "Cell: record or renew the agreement.")
    if all(needed == ALWAYS for _, needed in asking):
        return Finding("agreements", State.NOT_NEEDED, "No partner's post needs more than logistics.")
    return Finding("agreements", State.MET, "What each partner's post needs to know is covered by an agreement.")
