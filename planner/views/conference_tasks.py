"""What of conferences needs this person now: one to open, minutes to issue, what agencies owe and have not done."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.models.conferences import Conference, ConferenceAction
from planner.models.minutes import MinutesIssue
from planner.models.operations import Action
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.words import ConferenceState
from planner.views.conference_list import owed
from planner.views.today import Task
from planner.work import Look

SOON, PAST = timedelta(hours=12), timedelta(days=14)


def conference_tasks(look: Look) -> tuple[Task, ...]:
    """For who records conferences: those they chair, and what is overdue from any that they see."""
    if not access.held_for(look, Verb.RECORD_CONFERENCE):
        return ()
    return (*_chaired(look), *_overdue(look))


def _chaired(look: Look) -> list[Task]:
    """Those within half a day that are not open yet, and those held whose minutes did not go out."""
    c = Conference
    issued = select(MinutesIssue.conference_id).where(col(MinutesIssue.conference_id) == col(c.id))
    seen = pick(ConferenceAction.conference_id).where(col(ConferenceAction.action_id).in_(access.visible_actions(look)))
    query = (
        pick(c.id, c.starts_at, c.ends_at, c.opened_at, col(c.held_at).is_not(None))
        .where(c.chair_id == look.actor.person_id, c.state != ConferenceState.CANCELLED)
        .where(c.starts_at <= look.now + SOON, c.ends_at >= look.now - PAST, ~issued.exists())
        .where(col(c.id).in_(seen))
        .order_by(c.starts_at, c.id)
    )
    return [task for row in look.session.execute(query) if (task := _task(look, *row)) is not None]


def _task(look: Look, number: int, starts_at: datetime, ends_at: datetime, opened: object, held: bool) -> Task | None:
    when = instant_words(starts_at)
    if opened is None and ends_at >= look.now:
        return Task("advises", f"You chair the conference of {when}.", "Open it", "conferences", str(number))
    if opened is not None and held:
        said = f"The minutes of the conference of {when} are not issued yet."
        return Task("advises", said, "Issue them", "conferences", str(number))
    return None


def _overdue(look: Look) -> list[Task]:
    """One line for all of them, with the first: each is on the page it leads to."""
    seen = pick(Action.reference).where(col(Action.id).in_(access.visible_actions(look)), Action.ends_at >= look.now)
    to_come = frozenset(look.session.execute(seen).scalars())
    late = [row.undertaken for row in owed(look) if row.undertaken.due_at < look.now and row.undertaken.before_action]
    late = [row for row in late if row.reference is None or row.reference in to_come]
    if not late:
        return []
    first = late[0]
    said = f"{count_words(len(late), 'undertaking is', 'undertakings are')} overdue before an action; the first: "
    said += f"{first.text} ({first.agency}, by {instant_words(first.due_at)})."
    return [Task("blocks", said, "Remind them", "conferences", "", "Undertakings")]
