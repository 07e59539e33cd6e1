"""When a conference may meet: early enough before every action that it is about."""

from collections.abc import Sequence
from datetime import datetime

from planner.errors import Refused
from planner.facts_policy import conference_leads
from planner.models.operations import Action
from planner.rules.lead_time import too_late
from planner.rules.words import ActionState, ConferenceKind
from planner.work import Work


def refuse_too_late(work: Work, actions: Sequence[Action], kind: ConferenceKind, ends_at: datetime) -> None:
    """Refuse a conference that is not over early enough; the actions are locked, so that none moves meanwhile.

    One that is stood down waits for nothing any more.
    """
    to_come = [action.id for action in actions if action.state is not ActionState.STOOD_DOWN]
    if not to_come:
        return
    leads = conference_leads(work, to_come)
    sentence = too_late(leads, kind, ends_at, now=work.now)
    if sentence is not None:
        raise Refused(sentence)
