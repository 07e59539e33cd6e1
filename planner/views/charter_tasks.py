"""What the partnership charter asks of somebody today: an answer of the own agency, or answers that are missing."""

from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.operations import Operation
from planner.rules.charters import is_due, missing_words, until_words
from planner.views.charter import enforcement, issued, my_charters
from planner.views.today import Task
from planner.work import Look

Verb = access.Verb


def charter_tasks(look: Look) -> tuple[Task, ...]:
    """The cell's lines of what is missing close to enforcement, then the own agency's answers."""
    return (*_missing(look), *_own(look))


def _missing(look: Look) -> list[Task]:
    if not access.may(look, Verb.WRITE_CHARTER):
        return []
    ours = col(Operation.id).in_(access.operations_for(look, Verb.WRITE_CHARTER))
    found = look.session.execute(pick(Operation.id, Operation.name).where(ours).order_by(Operation.starts_on)).all()
    return [task for number, name in found if (task := _task(look, number, name)) is not None]


def _task(look: Look, operation_id: int, name: str) -> Task | None:
    days, today = enforcement(look, operation_id), look.now.date()
    if not is_due(today, days.starts_on, days.ends_on):
        return None
    charter = issued(look, operation_id)
    if charter is not None and not charter.missing:
        return None
    what = missing_words(len(charter.said), charter.missing) if charter else "No partnership charter is issued."
    sentence = f"{name}: {what} {until_words(today, days.starts_on)}"
    return Task("advises", sentence, "Look at the charter", "operation", "")


def _own(look: Look) -> list[Task]:
    """Who can open My part answers there; the command of a police force on the Operation page."""
    page = "my_part" if access.opens(look.actor, "my_part") else "operation"
    return [
        Task("asked_for", f"{item.operation}: read what {item.agency} does, and agree to it.", "Read it", page, "")
        for item in my_charters(look)
        if item.agreed_at is None
    ]
