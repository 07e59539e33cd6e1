"""The kinds of files that leave, by the first word of their address: what the rest of it says, and who makes them."""

from planner.inputs.calendar_choices import choice_from, scope_of
from planner.outputs.calendar_sheet import FILE_NAME as CALENDAR_SHEET
from planner.outputs.calendar_sheet import calendar_sheet, stretch_of
from planner.outputs.decision_log_file import log_file
from planner.outputs.disclosures import disclosures_csv
from planner.outputs.handover import FILE_NAME as PACK_NAME
from planner.outputs.handover import MEDIA_TYPE as PACK_TYPE
from planner.outputs.handover import handover_pack
from planner.outputs.minutes_file import file_named
from planner.outputs.sheet_file import FILE_NAME, MEDIA_TYPE, sheet_file
from planner.outputs.table_file import table_named
from planner.rules.calendar_choice import USUAL, Scope
from planner.services.texts import needed_text
from planner.views.calendar import calendar_bytes
from planner.views.invitation_files import invitation_file
from planner.web.exports import Download, Maker
from planner.work import Look

ONES_OWN = "For one's own calendar."


def _parts(name: str, *otherwise: str) -> list[str]:
    """So many parts of an address, the last with whatever follows; what is left out is what it is otherwise."""
    given = name.split("/", len(otherwise) - 1)
    return [*given, *otherwise[len(given) :]]


def _calendar(look: Look, scope: str, name: str) -> Download:
    """`name` is whose calendar, what of it, and why; the file's name says nothing: a phone shows it in a list."""
    whose, choice, why = _parts(name, "", USUAL, "")
    kind = scope_of(scope)
    reason = needed_text(why or (ONES_OWN if kind is Scope.PERSON else ""), "The reason for taking it out", most=200)
    body = calendar_bytes(look, kind, whose, choice_from(kind, choice))
    return Download("planner.ics", "text/calendar; charset=utf-8", body, why=reason)


def _calendar_sheet(look: Look, scope: str, name: str) -> Download:
    """`name` is whose calendar, what of it, which month or week, and why."""
    whose, choice, stretch, why = _parts(name, "", "", "", "")
    kind = scope_of(scope)
    reason = needed_text(why, "The reason for printing", most=200)
    body = calendar_sheet(look, kind, whose, choice_from(kind, choice), stretch_of(stretch))
    return Download(CALENDAR_SHEET, MEDIA_TYPE, body, why=reason)


def _disclosures(look: Look, scope: str, name: str) -> Download:
    """`scope` is two days, `name` the reason for the export."""
    body = disclosures_csv(look, scope, name)
    return Download(f"disclosures {scope}.csv", "text/csv; charset=utf-8", body, why=name)


def _invitation(look: Look, scope: str, name: str) -> Download:
    return Download("invite.ics", "text/calendar; charset=utf-8", invitation_file(look, scope, name))


def _minutes(look: Look, scope: str, name: str) -> Download:
    """`scope` is an issue and the kind of file, `name` the reason for the export."""
    return Download(*file_named(look, scope, name), why=name)


def _sheet(look: Look, scope: str, name: str) -> Download:
    """`scope` is an action, `name` the reason for printing."""
    return Download(FILE_NAME, MEDIA_TYPE, sheet_file(look, scope, name), why=name)


def _log(look: Look, scope: str, name: str) -> Download:
    """`scope` is an action, `name` the reason for printing."""
    return Download("log.pdf", MEDIA_TYPE, log_file(look, name, action=scope), why=name)


def _operation_log(look: Look, scope: str, name: str) -> Download:
    return Download("log.pdf", MEDIA_TYPE, log_file(look, name, operation=scope), why=name)


def _table(look: Look, scope: str, name: str) -> Download:
    """`scope` is a board, the kind of file and what it is narrowed to, `name` the reason for the export."""
    made = table_named(look, scope, name)
    return Download(made.file_name, made.media_type, made.body, why=name)


def _handover(look: Look, scope: str, name: str) -> Download:
    """`scope` is an operation by its code, `name` the reason for the export."""
    return Download(PACK_NAME, PACK_TYPE, handover_pack(look, scope, name), why=name)


MAKERS: dict[str, Maker] = {
    "calendar": _calendar,
    "calendar_sheet": _calendar_sheet,
    "disclosures": _disclosures,
    "invitation": _invitation,
    "minutes": _minutes,
    "sheet": _sheet,
    "log": _log,
    "operation_log": _operation_log,
    "table": _table,
    "handover": _handover,
}
