"""What a quorate conference decides for each of its actions, and who dissents, in that agency's own words."""

from typing import NamedTuple

from planner import facts
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.conferences import ConferenceAction
from planner.models.minutes import Dissent
from planner.models.operations import Action
from planner.rules.markings import Marked
from planner.rules.quorum import missing_words
from planner.rules.words import ActionState, Decision
from planner.services.attendance import refuse_stale
from planner.services.conferences import lock_conference
from planner.services.decision_log import ground_now
from planner.services.gate import reconsider
from planner.services.markings import mark_conference, marked_as
from planner.services.names import agency_words, seated
from planner.services.quorum import missing_of
from planner.services.texts import minute_text
from planner.work import Work


class Decided(NamedTuple):
    """What stands of one action, as it was looked at."""

    decision: Decision | None
    reasons: str
    options: str


def decide(
    work: Work,
    conference_id: int,
    reference: str,
    decision: Decision,
    *,
    reasons: str,
    options: str = "",
    marked: Marked | None = None,
    version: int | None = None,
    before: Decided | None = None,
) -> None:
    """What a quorate conference decided for one action, with reasons and the options it rejected.

    `before` is what was decided when the form was drawn: of two who type at once the second is told of the first.
    `marked` is how its minutes are marked; another marking than the kept one needs the version that was looked at.
    """
    conference, actions = lock_conference(work, conference_id)
    action = _one_of(actions, reference)
    if action.state is ActionState.STOOD_DOWN:
        raise Refused(f"{reference} is stood down: there is nothing to decide for it. Plan it anew, then convene.")
    missing = missing_of(work, conference, [item.id or 0 for item in actions])
    if missing:  # asked again: a seat may have been corrected since
        raise Refused(f"The conference is not quorate: {missing_words(missing)}. Record who came first.")
    why, rejected = minute_text(reasons, "The reasons"), minute_text(options, "What was rejected")
    if not why:
        raise InputError("Give the reasons in a sentence: Gold reads them.")
    if marked is not None and marked != marked_as(conference):
        refuse_stale(conference, version)
        mark_conference(work, conference, actions, marked)
    link = work.session.get_one(ConferenceAction, (conference_id, action.id), populate_existing=True)
    if before not in (None, (link.decision, link.reasons, link.options)):
        raise Stale(f"Somebody decided on {reference} while your page was open. Look at what is kept, then try again.")
    link.decision, link.reasons, link.options = decision, why, rejected
    link.decided_at, link.decided_on = work.now, facts.decided_on(work, action.id or 0)
    link.policy_id, resting = facts.stay_of(work, action.id or 0).policy.id, ground_now(work, action.id)
    work.session.add(link)
    sentence = f"The conference decided: {decision.replace('_', ' ')}. {link.reasons}"
    work.record_action("decide", sentence, action, conference=conference_id, options=link.options, ground=resting)
    reconsider(work, [action.id or 0], because=sentence)


def dissent(work: Work, conference_id: int, reference: str, agency: str, text: str) -> Dissent:
    """What an agency with a seat does not agree with; it stands beside the decision, and Gold reads it."""
    _, actions = lock_conference(work, conference_id)
    action = _one_of(actions, reference)
    said = minute_text(text, "The dissent")
    if not said:
        raise InputError("Say in the agency's own words what it does not agree with.")
    whose = seated(work, conference_id, agency)
    row = Dissent(
        conference_id=conference_id,
        action_id=action.id or 0,
        agency_id=whose.id,
        text=said,
        typed_at=work.now,
        typed_by=work.actor.person_id,
    )
    work.session.add(row)
    work.session.flush()
    work.record_action("dissent", f"{agency_words(whose)} dissents: {said}", action, conference=conference_id)
    return row


def _one_of(actions: list[Action], reference: str) -> Action:
    found = next((item for item in actions if item.reference == reference), None)
    if found is None:
        raise NotFound(f"This conference is not about {reference}.")
    return found
