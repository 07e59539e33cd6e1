"""`planner record verify`: is the record whole?"""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.edge import REFUSED, answer, desk_of
from planner.services.records import verify_record

app = typer.Typer(no_args_is_help=True, help="The record of who did what.")


@app.callback()
def _record() -> None:
    """The record of who did what."""


@app.command()
def verify(
    checkpoint: Annotated[Path | None, typer.Option(help="A file of checkpoints kept outside the database.")] = None,
) -> None:
    """Walk the whole chain; exit 1 and name the first broken line when it is not whole."""
    with desk_of().reading() as look:
        verdict = verify_record(look, checkpoint)
    answer(verdict._asdict(), [verdict.sentence])
    if not verdict.whole:
        raise typer.Exit(REFUSED)
