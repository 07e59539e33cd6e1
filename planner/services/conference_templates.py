"""The agenda and the confidentiality statement that an operation's conferences begin with."""

from typing import NamedTuple

from planner.access import Verb, operations_for, require
from planner.errors import InputError, Stale
from planner.models.minutes import ConferenceTemplate
from planner.models.operations import Operation
from planner.named import operation_id_of
from planner.rules.agenda import AGENDA, CONFIDENTIALITY, checked_items
from planner.services.texts import minute_text
from planner.work import Look, Work


class Template(NamedTuple):
    """An item of the agenda a line; version 0 is what comes with the product."""

    agenda: str
    confidentiality: str
    version: int


USUAL = Template("\n".join(AGENDA), CONFIDENTIALITY, 0)


def template_of(look: Look, operation_id: int) -> Template:
    row = look.session.get(ConferenceTemplate, operation_id)
    return Template(row.agenda, row.confidentiality, row.version) if row else USUAL


def agenda_items(typed: str) -> tuple[str, ...]:
    """The items of an agenda as typed, one a line."""
    try:
        return checked_items(minute_text(typed, "The agenda"))
    except ValueError as error:
        raise InputError(str(error)) from error


def set_template(work: Work, operation: str, agenda: str, confidentiality: str, *, version: int) -> None:
    """Conferences that are convened from now on begin with these; those convened keep what they have."""
    require(work, Verb.SET_AGENDA, ref=operation)
    number = operation_id_of(work, operation, among=operations_for(work, Verb.SET_AGENDA))
    work.lock(Operation, number)
    if template_of(work, number).version != version:
        raise Stale("The template changed while your page was open. Look at what is kept, then try again.")
    items = agenda_items(agenda)
    statement = minute_text(confidentiality, "The confidentiality statement")
    if not statement:
        raise InputError("Give the statement that everybody accepts before the agenda opens.")
    row = work.session.get(ConferenceTemplate, number) or ConferenceTemplate(
        operation_id=number, agenda="", confidentiality="", changed_at=work.now, version=0
    )
    row.agenda, row.confidentiality, row.version = "\n".join(items), statement, row.version + 1
    row.changed_at, row.changed_by = work.now, work.actor.person_id
    work.session.add(row)
    sentence = f"Conferences begin with an agenda of {len(items)} items and a new confidentiality statement."
    work.record("set_template", sentence, kind="operation", ref=operation)
