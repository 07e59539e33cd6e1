"""Today's word of a pause: a force's Gold answers it, and the national Gold sees who has not."""

from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.operations import Operation
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.views.pauses import EVERYWHERE, PauseRow, pauses
from planner.views.today import Task
from planner.work import Look


def pause_tasks(look: Look) -> tuple[Task, ...]:
    """What stands, for who asked for it and for who answers; nobody else is asked anything."""
    if not access.held_for(look, access.Verb.ASK_PAUSE, access.Verb.ANSWER_PAUSE):
        return ()
    visible = pick(Operation.id).where(col(Operation.id).in_(access.visible_operations(look)))
    found = [row for number in look.session.execute(visible).scalars() for row in pauses(look, number)]
    return tuple(_task(row) for row in found if row.stands and (row.waits or row.may_end))


def _task(row: PauseRow) -> Task:
    until = instant_words(row.until_at)
    where = row.where.lower() if row.where == EVERYWHERE else row.where
    if row.waits:
        sentence = f"The national Gold asks for a pause until {until} ({where}): {row.reason}"
        return Task("pause_asked_for", sentence, "Answer it", "operation", "", "Pauses")
    on = len({answer.code for answer in row.answers if answer.goes_on})
    who = count_words(on, "force goes", "forces go") if on else "No force goes"
    sentence = f"A pause is asked for until {until} ({where}). {who} on."
    return Task("pause_asked_for", sentence, "Look at it", "operation", "", "Pauses")
