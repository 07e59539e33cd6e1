"""`planner init`: bring the database to head, with reference data, and with the exercise where it is asked for."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from planner import migrations
from planner.cli import edge
from planner.cli.edge import answer, open_database
from planner.errors import InputError
from planner.services.counted import Loaded, counted
from planner.services.exercise import load_pentameter2
from planner.services.exercise.rows import Level
from planner.services.reference import load_reference
from planner.settings import load_settings

EXERCISES = ("pentameter2",)


def init(
    exercise: Annotated[str | None, typer.Option(help="Load this exercise: pentameter2.")] = None,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    scale: Annotated[int, typer.Option(help="1 for 822 actions, 10 for 8,220.")] = 1,
    care: Annotated[Level, typer.Option(help="How much care there is.")] = Level.MID,
    start: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The campaign's first day.")] = None,
) -> None:
    """Prepare the database; repeating it without an exercise changes nothing."""
    database = open_database()
    if exercise is None:
        migrations.upgrade(database)
        with database.write() as session:
            load_reference(session, load_settings().data)
        migrations.self_check(database)
        with database.read() as session:
            found = counted(session, database)
        holds = f"holds {found.actions:,} actions of {found.operation}" if found.operation else "empty"
        answer(asdict(found), [f"The database {database.shown_url} is ready and {holds}."])
        return
    if exercise not in EXERCISES or scale not in (1, 10):
        raise InputError(f"There is no exercise {exercise} at scale {scale}. There is: pentameter2, at scale 1 or 10.")
    first_day = start.date() if start else None
    loaded = load_pentameter2(database, seed=seed, scale=scale, care=care, start=first_day, progress=_progress())
    migrations.self_check(database)
    answer(asdict(loaded), _lines(loaded))


def _progress() -> Any:
    """Tell on a terminal how far it is; JSON stays alone on standard output."""

    def tell(what: str, done: int, total: int) -> None:
        typer.echo(f"{what}: {done:,} of {total:,}", err=True)

    return None if edge.LINE.as_json else tell


def _lines(loaded: Loaded) -> list[str]:
    return [
        f"{loaded.operation}: {loaded.actions:,} actions of {loaded.forces} forces; "
        f"{loaded.actions_needing_places} need places.",
        f"{loaded.providers} fictional providers with {loaded.units} units; {loaded.holds} bookings; "
        f"{loaded.conferences} conferences.",
        "Sign in as gold, silver, deputy, loggist, cell, care, partner, officer, provider or stranger "
        "with the password: exercise.",
    ]
