"""`planner care`: can these people be placed, hold, confirm, release, take back, capacity."""

from datetime import datetime
from typing import Annotated, Any

import typer

from planner.cli.edge import REFUSED, answer, desk_of
from planner.errors import InputError
from planner.models.care import Hold
from planner.rules.words import Need, Profile
from planner.services import care
from planner.views import care as view

app = typer.Typer(no_args_is_help=True, help="Places of care.")


@app.command()
def check(reference: Annotated[str, typer.Argument(metavar="REF")]) -> None:
    """Whether the likely of an action can be placed; exit 1 and the shortage when not."""
    with desk_of().reading() as look:
        found = view.care_check(look, reference)
    answer(as_check(found), [f"{reference}: {'placeable' if found.found.placeable else 'short'}"])
    if not found.found.placeable:
        raise typer.Exit(REFUSED)


def as_check(found: view.CareCheck) -> dict[str, Any]:
    placed = [
        {"unit": found.unit_codes[row.unit_id], "profile": row.profile, "places": row.places}
        for row in found.found.placed
    ]
    short = [
        {"profile": row.profile, "places": row.places, "from": found.first, "to": found.last}
        for row in found.found.short
    ]
    return {
        "action": found.action,
        "placeable": found.found.placeable,
        "placement": placed,
        "short": short,
        "confirmed": found.confirmed,
        "needed": found.needed,
    }


@app.command()
def hold(
    reference: Annotated[str, typer.Argument(metavar="REF")],
    unit: Annotated[str, typer.Option()],
    places: Annotated[list[str], typer.Option(metavar="PROFILE=N", help="For example adult women: woman=2.")],
    key: Annotated[str, typer.Option(help="The same key gives the same answer.")],
    first_night: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    nights: Annotated[int | None, typer.Option()] = None,
) -> None:
    """Hold places of one unit for one action."""
    lines = tuple(_line(word) for word in places)
    first = first_night.date() if first_night else None
    with desk_of().writing() as work:
        kept = care.hold_places(work, care.HoldRequest(reference, unit, lines, key, first, nights))
        row = _row(kept, unit, {profile: number for profile, _, number in lines})
    answer(row, [f"Hold {row['hold']}: {row['state']}."])


def _line(word: str) -> tuple[Profile, Need, int]:
    name, _, number = word.partition("=")
    try:
        return Profile(name), Need.NONE, int(number)
    except ValueError as error:
        known = ", ".join(Profile)
        raise InputError(f"--places {word} is not PROFILE=N. Profiles: {known}; N a whole number.") from error


def _row(kept: Hold, unit: str, places: dict[Profile, int]) -> dict[str, Any]:
    return {
        "hold": kept.id,
        "state": kept.state,
        "unit": unit,
        "first_night": kept.first_night,
        "nights": kept.nights,
        "places": places,
    }


@app.command()
def confirm(number: Annotated[int, typer.Argument(metavar="HOLD")]) -> None:
    """Confirm a booking, as its provider."""
    with desk_of().writing() as work:
        care.confirm_hold(work, number)
    answer({"hold": number, "state": "confirmed"}, [f"Hold {number} is confirmed."])


@app.command()
def release(number: Annotated[int, typer.Argument(metavar="HOLD")]) -> None:
    """Release a booking, as the planners."""
    with desk_of().writing() as work:
        care.release_hold(work, number)
    answer({"hold": number, "state": "released"}, [f"Hold {number} is released."])


@app.command()
def capacity() -> None:
    """Open, held, confirmed and free places by unit and night, for a fortnight."""
    with desk_of().reading() as look:
        rows = view.capacity(look)
    payload = [
        {
            "unit": row.unit,
            "night": row.night,
            "open": row.open,
            "held": row.held,
            "confirmed": row.confirmed,
            "free": row.free,
        }
        for row in rows
    ]
    answer(payload, [f"{row.unit} {row.night}: {row.free} free of {row.open}" for row in rows])
