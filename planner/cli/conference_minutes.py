"""`planner conference minutes`: one's own copy of the minutes that went out last, read here or as a file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.edge import answer, desk_of
from planner.errors import InputError
from planner.outputs.minutes_file import MEDIA, minutes_file
from planner.outputs.minutes_words import as_values, minutes_text
from planner.rules.minutes_copy import Copy
from planner.rules.words import Outcome
from planner.views.minutes import issue_named
from planner.views.minutes_copy import copy_of
from planner.work import Desk


def minutes(
    about: Annotated[str, typer.Argument(metavar="REF-OR-NUMBER", help="An action, or a conference by its number.")],
    form: Annotated[str, typer.Option("--format", help="text, pdf or docx.")] = "text",
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Without it, text is shown here.")] = None,
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why they are exported; a file needs one.")] = "",
) -> None:
    """Your copy of the minutes as they were issued last; the reading, or the export with its reason, is recorded."""
    if form not in MEDIA:
        raise InputError(f"Minutes are made as one of these: {', '.join(MEDIA)}; not as {form}.")
    if output is None and form != "text":
        raise InputError(f"A {form} goes to a file. Name it with -o FILE.")
    desk = desk_of()
    if output is None:
        _show(desk, about)
    else:
        _write(desk, about, form, output, reason)


def _show(desk: Desk, about: str) -> None:
    with desk.reading() as look:
        issue_id = issue_named(look, about)
        copy = copy_of(look, issue_id)
    _record(desk, issue_id, "The minutes were read.", Outcome.VIEWED)
    answer(_as_row(copy), minutes_text(copy).splitlines())


def _write(desk: Desk, about: str, form: str, output: Path, reason: str) -> None:
    with desk.reading() as look:
        issue_id = issue_named(look, about)
        body = minutes_file(look, issue_id, form, reason).body
    _record(desk, issue_id, f"The minutes were exported as {form}.", Outcome.EXPORTED, reason=reason.strip())
    try:
        output.write_bytes(body)
    except OSError as error:
        raise InputError(f"The file {output} cannot be written: {error.strerror}.") from error
    answer({"file": str(output), "format": form, "bytes": len(body)}, [f"{output}: {len(body):,} bytes."])


def _record(desk: Desk, issue_id: int, sentence: str, outcome: Outcome, **detail: Any) -> None:
    verb = "export" if outcome is Outcome.EXPORTED else "view"
    with desk.writing() as work:
        work.record(verb, sentence, kind="minutes", ref=str(issue_id), outcome=outcome, **detail)


def _as_row(copy: Copy) -> dict[str, Any]:
    return {**as_values(copy), "issued_at": copy.issued_at.isoformat()}
