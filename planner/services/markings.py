"""What may be marked how on this installation: nothing above its ceiling, and no conference below its actions."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select

from planner.errors import InputError, Refused
from planner.models.conferences import Conference, ConferenceAction
from planner.models.operations import Action
from planner.rules.dates import instant_words
from planner.rules.markings import ELSEWHERE, LONGEST_HANDLING, Marked, highest, in_order, is_above, together
from planner.rules.words import Marking
from planner.services.texts import short_text
from planner.settings import load_settings
from planner.work import Work


def check_marking(marking: Marking, handling: str | None = None) -> str | None:
    """The handling instructions as they are kept, in order; InputError above the installation's ceiling."""
    ceiling = load_settings().ceiling
    if is_above(marking, ceiling):
        raise InputError(f"{marking} is above {ceiling}, the most this installation may hold: {ELSEWHERE}.")
    return in_order(short_text(handling, "The handling instruction", most=LONGEST_HANDLING)) or None


def marked_as(thing: Action | Conference) -> Marked:
    return Marked(thing.marking, thing.handling)


def mark_conference(work: Work, conference: Conference, actions: Sequence[Action], wanted: Marked) -> None:
    """Mark a conference that is locked with its actions; what is said there is never marked below one of them."""
    wanted = Marked(wanted.marking, check_marking(*wanted))
    above = [action.reference for action in actions if is_above(action.marking, wanted.marking)]
    if above:
        most = highest(action.marking for action in actions)
        raise Refused(
            f"The conference cannot be marked {wanted.marking}: {', '.join(above)} is marked {most}. "
            f"Mark it {most}, or lower the action's marking first."
        )
    _mark(work, conference, wanted)


def carry_to_conferences(work: Work, action_ids: Collection[int]) -> None:
    """What an action's marking or handling became, the conferences about it become too; they are locked last."""
    about = select(ConferenceAction.conference_id).where(col(ConferenceAction.action_id).in_(action_ids))
    for conference_id in sorted(set(work.session.exec(about))):
        conference = work.lock(Conference, conference_id)
        query = select(Action).join(ConferenceAction).where(col(ConferenceAction.conference_id) == conference_id)
        actions = work.session.exec(query.where(col(Action.id).in_(action_ids)))
        _mark(work, conference, together([marked_as(conference), *map(marked_as, actions)]))


def _mark(work: Work, conference: Conference, wanted: Marked) -> None:
    if marked_as(conference) == wanted:
        return
    conference.marking, conference.handling = wanted
    conference.version += 1
    work.session.add(conference)
    sentence = f"The conference on {instant_words(conference.starts_at)} is marked {wanted.words}."
    work.record("mark_conference", sentence, kind="conference", ref=str(conference.id))
