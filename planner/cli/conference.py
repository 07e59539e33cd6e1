"""`planner conference`: when those who must come are free; convene, show, and the minutes that went out."""

from datetime import datetime
from typing import Annotated, Any

import typer

from planner.cli.conference_convene import convene, show
from planner.cli.conference_minutes import minutes as own_minutes
from planner.cli.edge import REFUSED, answer, desk_of
from planner.rules.meeting_words import not_stated_words, slot_words
from planner.rules.words import ConferenceKind
from planner.views.meeting_times import Times, TimesAsked, best_meeting_times

app = typer.Typer(no_args_is_help=True, help="Case conferences.")
app.command()(convene)
app.command()(show)
app.command("minutes")(own_minutes)


@app.callback()
def _conferences() -> None:
    """Case conferences."""


@app.command()
def times(
    references: Annotated[list[str], typer.Argument(metavar="REF...")],
    agencies: Annotated[str, typer.Option(metavar="A,B", help="Codes of the agencies that must come.")],
    others: Annotated[str, typer.Option(metavar="A,B", help="Agencies that are told who would miss.")] = "",
    minutes: Annotated[int, typer.Option(help="How long it takes.")] = 60,
    kind: Annotated[ConferenceKind, typer.Option()] = ConferenceKind.PLANNED,
    from_day: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
) -> None:
    """The earliest three times at which all who must come are free, before every action; exit 1 when none is left."""
    day = from_day.date() if from_day else None
    asked = TimesAsked(tuple(references), _codes(agencies), _codes(others), minutes, kind, day)
    with desk_of().reading() as look:
        found = best_meeting_times(look, asked)
    said = [found.sentence, *map(slot_words, found.slots), not_stated_words(found.not_stated)]
    answer(_as_times(found), list(filter(None, said)))
    if not found.slots:
        raise typer.Exit(REFUSED)


def _codes(typed: str) -> tuple[str, ...]:
    return tuple(filter(None, (code.strip() for code in typed.split(","))))


def _as_times(found: Times) -> dict[str, Any]:
    return {
        "times": [
            {
                "starts_at": slot.starts_at.isoformat(),
                "ends_at": slot.ends_at.isoformat(),
                "required_missing": list(slot.required_missing),
                "others_missing": list(slot.others_missing),
                "sentence": slot_words(slot),
            }
            for slot in found.slots
        ],
        "latest_end": found.latest.ends_at.isoformat(),
        "because": f"{found.latest.because} before {found.first}",
        "hours_not_stated": list(found.not_stated),
        "sentence": found.sentence,
    }
