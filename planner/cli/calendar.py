"""`planner calendar`: the calendar of an operation, region, force, agency, provider, person or series, as a file."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.edge import answer, desk_of
from planner.errors import InputError
from planner.inputs.calendar_choices import choice_of, scope_of
from planner.rules.calendar_choice import BETWEEN, Choice, Detail, Scope, kinds_words, ref_of, said_scope
from planner.rules.words import Outcome
from planner.services.texts import needed_text
from planner.views.calendar import calendar_bytes
from planner.work import Desk

AT_THE_COMMAND_LINE = "Taken at the command line."


def calendar(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    scope: Annotated[str, typer.Option(help=f"{', '.join(Scope)}.")],
    output: Annotated[Path, typer.Option("-o", metavar="FILE.ics")],
    kinds: Annotated[
        str, typer.Option(help=f"Kinds of entries with a {BETWEEN} between them; what is usual if empty.")
    ] = "",
    detail: Annotated[str, typer.Option(help=f"{', '.join(Detail)}.")] = "",
    alarm: Annotated[int | None, typer.Option(metavar="MINUTES", help="An alarm before each action.")] = None,
    why: Annotated[str, typer.Option(metavar="REASON", help="For the record.")] = AT_THE_COMMAND_LINE,
) -> None:
    """Write the calendar of a scope to a file; the export is recorded with its reason."""
    kind = scope_of(scope)
    choice = choice_of(kind, kinds, detail, alarm)
    reason = needed_text(why, "The reason for taking a calendar out", most=200)
    desk = desk_of()
    with desk.reading() as look:
        body = calendar_bytes(look, kind, name, choice)
    _record(desk, (scope, name), choice, reason)
    try:
        output.write_bytes(body)
    except OSError as error:
        raise InputError(f"The file {output} cannot be written: {error.strerror}.") from error
    answer({"file": str(output), "bytes": len(body)}, [f"{output}: {len(body):,} bytes."])


def _record(desk: Desk, whose: tuple[str, str], choice: Choice, reason: str) -> None:
    with desk.writing() as work:
        sentence = f"The calendar of {said_scope(*whose)} was exported: {kinds_words(choice.kinds)}."
        ref, asked = ref_of(*whose), " ".join(whose)
        work.record(
            "export_calendar", sentence, kind="calendar", ref=ref, outcome=Outcome.EXPORTED, reason=reason, asked=asked
        )
