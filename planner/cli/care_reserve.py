"""`planner care reserve`: set a reserve, hold its places, share it, list what stands."""

from datetime import datetime
from typing import Annotated, Any

import typer

from planner.cli.care_words import booking_row, line_of
from planner.cli.edge import LookedAt, answer, desk_of
from planner.rules.supply import nights_words
from planner.services import reserves
from planner.views import care_reserves as view

app = typer.Typer(no_args_is_help=True, help="Confirmed places of a region, shared by actions with nobody likely.")
Number = Annotated[int, typer.Argument(metavar="RESERVE")]
Key = Annotated[str, typer.Option(help="The same key gives the same answer.")]


@app.command("set")
def set_(
    operation: Annotated[str, typer.Option(metavar="CODE")],
    region: Annotated[str, typer.Option(metavar="CODE")],
    places: Annotated[int, typer.Option()],
    reason: Annotated[str, typer.Option(help="Why so many.")],
    key: Key,
    looked_at: LookedAt = None,
) -> None:
    """Begin a reserve; nothing stands until its places are confirmed."""
    with desk_of().writing(looked_at=looked_at or ()) as work:
        request = reserves.ReserveRequest(operation, region, places, reason, key)
        number = reserves.set_reserve(work, request).id
    row = {"reserve": number, "operation": operation, "region": region, "places": places, "reason": reason.strip()}
    answer(row, [f"Reserve {number} is set for {region}: {places} wanted, none confirmed yet."])


@app.command()
def hold(
    reserve: Number,
    unit: Annotated[str, typer.Option()],
    places: Annotated[list[str], typer.Option(metavar="PROFILE=N", help="For example adult women: woman=2.")],
    first_night: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])],
    nights: Annotated[int, typer.Option()],
    key: Key,
) -> None:
    """Ask one unit for places of a reserve, or hold them where its provider allows that unasked."""
    lines = tuple(line_of(word) for word in places)
    with desk_of().writing() as work:
        request = reserves.ReserveHold(reserve, unit, lines, key, first_night.date(), nights)
        kept = reserves.hold_for_reserve(work, request)
        row = {"reserve": reserve, **booking_row(kept, unit, lines)}
    answer(row, [f"Hold {row['hold']} for reserve {reserve}: {row['state']}."])


@app.command()
def share(reserve: Number, references: Annotated[list[str], typer.Argument(metavar="REF …")]) -> None:
    """Let actions of its region share a reserve."""
    with desk_of().writing() as work:
        reserves.share_reserve(work, reserve, references)
    answer({"reserve": reserve, "actions": references}, [f"{', '.join(references)}: sharing reserve {reserve}."])


@app.command("list")
def list_() -> None:
    """Reserves with what is confirmed, the nights covered from tonight, and how many actions share each."""
    with desk_of().reading() as look:
        rows = view.reserves(look)
    answer([_row(row) for row in rows], [_line(row) for row in rows] or ["No reserve is set."])


def _row(row: view.ReserveRow) -> dict[str, Any]:
    return {
        "reserve": row.id,
        "operation": row.operation,
        "region": row.region,
        "places": row.places,
        "reason": row.reason,
        "confirmed": row.confirmed,
        "waiting": row.waiting,
        "covered": [{"from": run.first, "to": run.last} for run in row.covered],
        "shared_by": row.shared_by,
    }


def _line(row: view.ReserveRow) -> str:
    covered = "; ".join(nights_words(run.first, run.last) for run in row.covered) or "no night"
    shared = f"shared by {row.shared_by}"
    return f"{row.id} {row.region}: {row.confirmed} of {row.places} confirmed, all of it on {covered}, {shared}."
