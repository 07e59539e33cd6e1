"""`planner care`: can these people be placed, hold, confirm, release, capacity; `reserve` beneath it."""

from datetime import datetime
from typing import Annotated, Any

import typer

from planner import access, facts
from planner.cli import care_reserve
from planner.cli.care_words import booking_row, line_of
from planner.cli.edge import REFUSED, answer, desk_of
from planner.rules.shortage import short_runs
from planner.services import care, care_requests
from planner.services.care_parts import Key
from planner.views import care as view
from planner.views.care_check import CareCheck, care_check
from planner.views.care_cooperation import cooperation_words

app = typer.Typer(no_args_is_help=True, help="Places of care.")
app.add_typer(care_reserve.app, name="reserve")


@app.command()
def check(reference: Annotated[str, typer.Argument(metavar="REF")]) -> None:
    """Whether the likely of an action can be placed; exit 1 and the shortage when not."""
    with desk_of().reading() as look:
        found = care_check(look, reference)
        tied = cooperation_words(look, found, facts.facts_of(look, access.action_id_of(look, reference)))
    said = [f"{reference}: {found.words or 'everybody likely can be placed.'}", tied]
    answer(as_check(found) | {"cooperation": tied}, list(filter(None, said)))
    if not found.found.placeable:
        raise typer.Exit(REFUSED)


def as_check(found: CareCheck) -> dict[str, Any]:
    placed = [
        {"unit": found.unit_codes[row.unit_id], "profile": row.profile, "places": row.places}
        for row in found.found.placed
    ]
    short = [
        {"profile": row.profile, "places": row.places, "from": row.first, "to": row.last}
        for row in short_runs(found.found)
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
    lines = tuple(line_of(word) for word in places)
    first = first_night.date() if first_night else None
    with desk_of().writing() as work:
        kept = care.hold_places(work, care.HoldRequest(reference, unit, lines, key, first, nights))
        row = booking_row(kept, unit, lines)
    answer(row, [f"Hold {row['hold']}: {row['state']}."])


Part = Annotated[list[str] | None, typer.Option(metavar="PROFILE=N", help="Only so many; without it, all.")]


@app.command()
def ask(
    reference: Annotated[str, typer.Argument(metavar="REF")],
    unit: Annotated[list[str], typer.Option(help="Repeat it for each unit.")],
    places: Annotated[list[str], typer.Option(metavar="PROFILE=N", help="For example adult women: woman=2.")],
    key: Annotated[str, typer.Option(help="The same key gives the same answer.")],
) -> None:
    """Ask several units for the same places: nothing is held, the first to confirm have them."""
    lines = tuple(line_of(word) for word in places)
    with desk_of().writing() as work:
        made = care_requests.ask_places(work, care_requests.PlacesAsked(reference, tuple(unit), lines, key))
        row = {"request": made.id, "units": sorted(set(unit)), "first_night": made.first_night, "nights": made.nights}
    answer(row, [f"Request {row['request']}: {len(set(unit))} units asked."])


@app.command()
def confirm(number: Annotated[int, typer.Argument(metavar="HOLD")], places: Part = None) -> None:
    """Confirm a booking, all of it or a part, as its provider."""
    with desk_of().writing() as work:
        care.confirm_hold(work, number, places=_part(places))
    answer({"hold": number, "state": "confirmed"}, [f"Hold {number} is confirmed."])


@app.command()
def release(
    number: Annotated[int, typer.Argument(metavar="HOLD")],
    keep: Part = None,
    reason: Annotated[str | None, typer.Option(help="Kept in the record; the provider is not told it.")] = None,
) -> None:
    """Release a booking, all of it or what is not kept, as the planners."""
    with desk_of().writing() as work:
        care.release_hold(work, number, keep=_part(keep), reason=reason)
    if keep:
        answer({"hold": number, "kept": keep}, [f"Hold {number}: what is not kept is released."])
        return
    answer({"hold": number, "state": "released"}, [f"Hold {number} is released."])


def _part(words: list[str] | None) -> dict[Key, int] | None:
    return {(profile, need): number for profile, need, number in map(line_of, words)} if words else None


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
