"""`planner care`: can these people be placed, hold, confirm, release, capacity; `reserve` beneath it."""

from datetime import datetime
from typing import Annotated

import typer

from planner import access, facts
from planner.cli import care_reserve
from planner.cli.care_words import as_capacity, as_check, as_strike_check, booking_row, line_of, terms_row
from planner.cli.edge import REFUSED, answer, desk_of
from planner.rules.counts import count_words
from planner.services import care, care_requests
from planner.services.care_parts import Key
from planner.views import care as view
from planner.views.care_check import CareCheck, care_check
from planner.views.care_cooperation import cooperation_words
from planner.views.care_terms import provider_terms, unit_terms
from planner.views.strike_check import StrikeCheck, strike_check
from planner.views.strike_days import strike_day_named

app = typer.Typer(no_args_is_help=True, help="Places of care.")
app.add_typer(care_reserve.app, name="reserve")


@app.command()
def check(
    reference: Annotated[str | None, typer.Argument(metavar="REF")] = None,
    strike_day: Annotated[str | None, typer.Option(metavar="NAME", help="All actions of a strike day at once.")] = None,
) -> None:
    """Whether the likely of an action, or of a whole strike day, can be placed; exit 1 and the shortage when not."""
    if (reference is None) == (strike_day is None):
        raise typer.BadParameter("Name one action, or one strike day with --strike-day.")
    with desk_of().reading() as look:
        if strike_day is not None:
            row = strike_day_named(look, strike_day)
            together = strike_check(look, row.id)
            found: CareCheck | StrikeCheck = together
            payload, tied = as_strike_check(row.name, together), ""
        else:
            alone = care_check(look, reference or "")
            tied = cooperation_words(look, alone, facts.facts_of(look, access.action_id_of(look, reference or "")))
            found, payload = alone, as_check(alone) | {"cooperation": tied}
    said = [f"{reference or strike_day}: {found.words or 'everybody likely can be placed.'}", tied]
    answer(payload, list(filter(None, said)))
    if not found.found.placeable:
        raise typer.Exit(REFUSED)


@app.command("capacity")
def capacity() -> None:
    """Open, held, confirmed and free places by unit and night, for a fortnight."""
    with desk_of().reading() as look:
        rows = view.capacity(look)
    answer(as_capacity(rows), [f"{row.unit} {row.night}: {row.free} free of {row.open}" for row in rows])


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
    answer(row, [f"Request {row['request']}: {count_words(len(set(unit)), 'unit')} asked."])


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
def terms() -> None:
    """On what terms providers take people, unit by unit; for themselves, the care lead and the cell."""
    with desk_of().reading() as look:
        providers = {row.code: row for row in provider_terms(look)}
        units = unit_terms(look)
    payload = [terms_row(unit, providers[unit.provider]) for unit in units]
    answer(
        payload,
        [
            f"{row['unit']}: {', '.join(row['takes'])}; {count_words(row['notice_hours'], 'hour')} of notice"
            for row in payload
        ],
    )
