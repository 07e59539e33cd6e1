"""What a standing group clears without a conference of its own: named low-risk actions, for seven days."""

from dataclasses import dataclass

from sqlmodel import select

from planner import facts
from planner.access import Verb, action_id_of, require
from planner.errors import InputError, NotFound, Refused
from planner.models.conferences import Attendance, Conference, ConferenceAction
from planner.models.operations import Action
from planner.rules.checks_people import PROCEEDS
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.quorum import missing_words
from planner.rules.standing import CARE, CLEARED_FOR, not_low_risk
from planner.rules.values import Facts
from planner.rules.words import ActionState, AgencyKind, AttendanceState, ConferenceState, Decision
from planner.services.gate import reconsider
from planner.services.names import agency_words, seated
from planner.services.quorum import missing_of
from planner.services.standing_locks import NO_GROUP, group_named, group_of, may_set
from planner.services.texts import minute_text
from planner.work import Work

AGREES = "who attended, may commit and accepted confidentiality"
CHILDREN = frozenset({AgencyKind.CHILDRENS_SERVICE})


@dataclass(frozen=True)
class ClearRequest:
    """A meeting that was held, the actions it clears, and the seats of the two who agree."""

    conference_id: int
    actions: tuple[str, ...]
    children: str
    care: str
    reasons: str

    def __post_init__(self) -> None:
        if not self.actions:
            raise InputError("Name the actions that the group clears: choose at least one.")


def clear_actions(work: Work, request: ClearRequest) -> None:
    """Let these actions go ahead for seven days without a conference of their own, all of them or none.

    Nobody is likely in any profile and no child is expected, and a children's service and a care representative agree.
    """
    name = f"conference {request.conference_id}"
    work.attempts(Verb.RECORD_CONFERENCE.name.lower(), name)
    actions = _locked(work, request)
    conference = work.session.get_one(Conference, request.conference_id, populate_existing=True)
    missing = missing_of(work, conference, [action.id or 0 for action in actions])
    if conference.state is not ConferenceState.HELD or missing:
        why = missing_words(missing) if missing else "nobody recorded who came"
        raise Refused(f"A meeting clears actions once it was held and quorate; {why}. Record who came first.")
    agreed = (
        _agrees(work, request.conference_id, request.children, CHILDREN, "A children's service"),
        _agrees(work, request.conference_id, request.care, CARE, "A care representative"),
    )
    why = minute_text(request.reasons, "The reasons")
    if not why:
        raise InputError("Give the reasons in a sentence: Gold reads them.")
    known = facts.load(work, [action.id or 0 for action in actions])
    _refuse_unfit(work, known)
    until = work.now + CLEARED_FOR
    for action in actions:
        key = (request.conference_id, action.id or 0)
        link = work.session.get(ConferenceAction, key) or ConferenceAction(conference_id=key[0], action_id=key[1])
        link.decision, link.reasons, link.clear_until = Decision.PROCEED, why, until
        link.decided_at, link.decided_on = work.now, facts.decided_on(work, key[1])
        link.policy_id = facts.stay_of(work, key[1]).policy.id
        work.session.add(link)
        said = f"Cleared by a standing group until {instant_words(until)}: {why}"
        work.record_action("clear_actions", said, action, conference=request.conference_id, agreed=list(agreed))
    reconsider(work, [action.id or 0 for action in actions], because="A standing group cleared it.")


def _locked(work: Work, request: ClearRequest) -> list[Action]:
    """The actions first, then the group, as everywhere; each action is visible and the actor records for it."""
    group = group_of(work, request.conference_id)
    if group is None or not may_set(work, group.operation_id, group.region):
        raise NotFound(NO_GROUP)
    ids = sorted({action_id_of(work, reference) for reference in request.actions})
    actions = [work.lock(Action, action_id) for action_id in ids]
    for action in actions:
        require(work, Verb.RECORD_CONFERENCE, ref=action.reference, action=action)
    group_named(work, group.id or 0)
    strangers = [action.reference for action in actions if action.operation_id != group.operation_id]
    if strangers:
        raise Refused(f"{strangers[0]} belongs to another operation. A group clears actions of its own.")
    return actions


def _agrees(work: Work, conference_id: int, code: str, kinds: frozenset[AgencyKind], what: str) -> str:
    """One who was there and agrees, in words; Refused where its seat cannot."""
    agency = seated(work, conference_id, code)
    seat = work.session.exec(
        select(Attendance).where(Attendance.conference_id == conference_id, Attendance.agency_id == agency.id)
    ).first()
    there = seat is not None and seat.state is AttendanceState.ATTENDED
    if seat is None or not (there and seat.may_commit and seat.confidentiality_accepted and agency.kind in kinds):
        raise Refused(f"{what} must agree, {AGREES}; {agency_words(agency)} is none. Choose another seat.")
    return agency_words(agency)


def _refuse_unfit(work: Work, known: dict[int, Facts]) -> None:
    """Every action that cannot be cleared, with its reason; one is enough to refuse all of them."""
    found = {each.action.reference: _unfit(work, each) for each in known.values()}
    unfit = [f"{reference}: {why}" for reference, why in sorted(found.items()) if why]
    if unfit:
        more = f" and {len(unfit) - 3} more" if len(unfit) > 3 else ""
        raise Refused(
            f"{count_words(len(unfit), 'action')} of {len(found)} cannot be cleared. "
            f"{'; '.join(unfit[:3])}{more}. Take them out, or convene a conference about them."
        )


def _unfit(work: Work, known: Facts) -> str:
    action, held = known.action, known.conference
    if action.state not in (ActionState.PLANNED, ActionState.REQUESTED):
        return "it is not still to come"
    if action.starts_at > work.now + CLEARED_FOR:
        return f"it begins on {instant_words(action.starts_at)}, after the {CLEARED_FOR.days} days"
    if held is not None and held.decision is not None and held.decision not in PROCEEDS:
        return f"a conference decided: {held.decision.replace('_', ' ')}"
    return not_low_risk(known)
