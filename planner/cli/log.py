"""`planner log`: the decision log of an action, or of an operation as far as its reader sees, read here or as a PDF."""

from pathlib import Path
from typing import Annotated, Any

import typer

from planner import access
from planner.cli.edge import answer, desk_of
from planner.errors import InputError, NotFound
from planner.outputs.decision_log_file import MOST, log_file
from planner.rules.dates import instant_words
from planner.rules.words import Outcome
from planner.views.decision_log import Entry, log_of_action, log_of_operation
from planner.work import Look


def log(
    about: Annotated[str, typer.Argument(metavar="REF-OR-OPERATION", help="An action, or an operation's code.")],
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Where a PDF of it goes.")] = None,
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why it is printed.")] = "For the file.",
) -> None:
    """Every decision with what it was taken on, the newest first; a PDF is recorded as an export."""
    desk = desk_of()
    with desk.reading() as look:
        of = "action" if _is_action(look, about) else "operation"
        if output is None:
            read = log_of_action if of == "action" else log_of_operation
            found = read(look, about, per_page=MOST).entries
            answer([_as_row(entry) for entry in found], [line for entry in found for line in _as_lines(entry)])
            return
        body = log_file(look, reason, **{of: about})
    with desk.writing() as work:
        said = "The decision log was exported."
        work.record("export", said, kind="log", ref=about, outcome=Outcome.EXPORTED, reason=reason.strip())
    try:
        output.write_bytes(body)
    except OSError as error:
        raise InputError(f"The file {output} cannot be written: {error.strerror}.") from error
    answer({"about": about, "file": str(output), "bytes": len(body)}, [f"{output}: {len(body):,} bytes."])


def _is_action(look: Look, about: str) -> bool:
    """An operation's code is asked for where no visible action has this reference."""
    try:
        return bool(access.action_id_of(look, about))
    except NotFound:
        return False


def _as_row(entry: Entry) -> dict[str, Any]:
    return {**entry._asdict(), "at": entry.at.isoformat(), "parts": dict(entry.parts)}


def _as_lines(entry: Entry) -> list[str]:
    head = f"{entry.number}  {entry.what}, {entry.about}: {instant_words(entry.at)}, {entry.by}"
    return [head, *(f"  {heading}: {text}" for heading, text in entry.parts)]
