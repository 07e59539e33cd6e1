"""`planner record`: is the record whole, and what the application's account may do to it on PostgreSQL."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.edge import REFUSED, answer, desk_of
from planner.errors import InputError
from planner.models.grants import grants_for
from planner.services.records import verify_record
from planner.settings import load_settings

app = typer.Typer(no_args_is_help=True, help="The record of who did what.")


@app.callback()
def _record() -> None:
    """The record of who did what."""


@app.command()
def verify(
    checkpoint: Annotated[
        Path | None, typer.Option(help="A file of checkpoints; without it, the installation's own.")
    ] = None,
) -> None:
    """Walk the whole chain; exit 1 and name the first broken line, or what no longer guards it."""
    if checkpoint is not None and not checkpoint.exists():
        raise InputError(f"There is no file of checkpoints {checkpoint}.")
    with desk_of().reading() as look:
        verdict = verify_record(look, checkpoint or load_settings().checkpoints)
    answer(verdict._asdict(), [verdict.sentence, *verdict.findings])
    if not verdict.sound:
        raise typer.Exit(REFUSED)


@app.command()
def grants(role: Annotated[str, typer.Argument(metavar="ROLE")]) -> None:
    """Print the SQL that gives a PostgreSQL role what the app needs, and no right to change the record."""
    statements = grants_for(role)
    answer({"role": role, "statements": statements}, [f"{statement};" for statement in statements])
