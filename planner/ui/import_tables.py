"""Lines of a file as they will be written, cell by cell, in the words of the pages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from planner.inputs.action_columns import PEOPLE
from planner.inputs.action_rows import ActionRow
from planner.inputs.agencies import AgencyRow
from planner.inputs.availability import AvailabilityRow
from planner.inputs.providers import ProviderRow
from planner.rules.availability import weekdays_words
from planner.rules.dates import when_words
from planner.rules.words import Need, SiteKind
from planner.services.importing import Fate
from planner.ui.forms import words

Cells = Mapping[str, object]
STAYS = "stays"
TITLES = dict(PEOPLE)


def as_table(
    rows: Sequence[Any], fates: Sequence[Fate], cells: Callable[[Any, bool], Cells]
) -> dict[str, list[object]]:
    """Columns by title; first the line and what happens to it."""
    lines = [
        {"Line": row.line, "What happens": fate.capitalize(), **cells(row, fate is Fate.NEW)}
        for row, fate in zip(rows, fates, strict=True)
    ]
    return {title: [line[title] for line in lines] for title in (lines[0] if lines else ())}


def action_cells(row: ActionRow, new: bool) -> Cells:
    people = (f"{TITLES[line.profile]} {line.low}/{line.likely}/{line.high}" for line in row.demand)
    known = row.exploitation != "unknown" or new
    return {
        "Reference": row.external_reference,
        "Force": row.force_code,
        "When": when_words(row.starts_at, row.ends_at, year=True),
        "Kind": words(row.kind),
        "Premises": words(row.premises_kind) + (f" × {row.premises_count}" if row.premises_count > 1 else ""),
        "Region": words(row.region_code),
        "People, low/likely/high": ", ".join(people) or _blank("–", new),
        "Exploitation": words(row.exploitation) if known else STAYS,
        "Languages": ", ".join(row.languages) or _blank("–", new),
        "Intelligence": _spaced(row.intelligence_system, row.intelligence_reference) or _blank("–", new),
        "Marking": row.marking.value,
    }


def agency_cells(row: AgencyRow, new: bool) -> Cells:
    return {
        "Code": row.code,
        "Name": row.name,
        "Kind": words(row.kind),
        "Nations": _several(row.nations),
        "Region": words(row.region_code) if row.region_code else _blank("–", new),
        "First responder": _yes(row.first_responder, new),
        "Fictional": _yes(row.fictional, new),
    }


def provider_cells(row: ProviderRow, new: bool) -> Cells:
    needs = [need for need in row.needs if need is not Need.NONE]
    return {
        "Provider code": row.provider_code,
        "Provider": row.provider_name,
        "Unit": row.unit_code,
        "Unit name": row.unit_name or _blank(row.unit_code, new),
        "Accepts": _several(row.accepts),
        "Zones": _several(row.zones),
        "Places": row.places,
        "Site": words(row.site) if row.site else _blank(words(SiteKind.SAFE_HOUSE), new),
        "Needs met": _several(needs) if needs else "None" if row.needs else _blank("None", new),
        "Exploitation": _several(row.exploitations) or _blank("Any", new),
        "Fictional": _yes(row.fictional, new),
    }


def availability_cells(row: AvailabilityRow, _: bool) -> Cells:
    return {
        "Agency": row.agency,
        "Weekdays": weekdays_words(row.weekdays),
        "From": "All day" if row.opens == row.closes else f"{row.opens:%H:%M}",
        "Until": "All day" if row.opens == row.closes else f"{row.closes:%H:%M}",
        "Bank holidays": "Yes" if row.bank_holidays else "No",
        "Actions a day": row.actions_a_day or "–",
    }


def _blank(default: str, new: bool) -> str:
    """What a blank cell means: the default of something new, and no change to what is there."""
    return default if new else STAYS


def _yes(said: bool | None, new: bool) -> str:
    return _blank("No", new) if said is None else "Yes" if said else "No"


def _several(values: Iterable[str]) -> str:
    return ", ".join(words(value) for value in values)


def _spaced(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
