"""What a line of a file would change of an action: each difference with what stands now and what would."""

from collections.abc import Iterator, Mapping, Set
from datetime import datetime
from typing import Any

from planner.inputs.action_columns import PEOPLE, languages_of
from planner.inputs.action_rows import ActionRow, DemandRow
from planner.models.operations import Action
from planner.rules.dates import when_words
from planner.rules.windows import local
from planner.rules.words import Exploitation
from planner.services.differences import NOTHING, Difference

Demand = Mapping[int, Set[DemandRow]]
TITLES = {
    "kind": "Kind",
    "premises_kind": "Premises",
    "premises_count": "Number of premises",
    "region": "Region",
    "marking": "Marking",
    "languages": "Languages",
    "exploitation": "Exploitation",
    "intelligence_system": "Intelligence system",
    "intelligence_reference": "Intelligence reference",
}
AS_THEY_ARE = {"marking", "languages", "intelligence_system", "intelligence_reference"}
# What a blank cell of an exported line leaves as it is, and what it clears.
STAYS = {"premises_count": "premises_count", "region": "region", "marking": "marking"}
CLEARS = ("languages", "exploitation", "intelligence_system", "intelligence_reference")


def said_of(row: ActionRow) -> dict[str, Any]:
    """What a line says of an action besides time and demand; what it leaves blank stays as it is.

    In a line that was exported a blank cell clears what can be without a value.
    """
    said: dict[str, Any] = {
        "kind": row.kind,
        "premises_kind": row.premises_kind,
        "premises_count": row.premises_count,
        "region": row.region_code,
        "marking": row.marking,
        "languages": ", ".join(row.languages),
        "exploitation": row.exploitation,
        "intelligence_system": row.intelligence_system,
        "intelligence_reference": row.intelligence_reference,
    }
    if row.exported:
        left = {name for name, column in STAYS.items() if column not in row.speaks_of}
        return {name: said[name] for name in said if name not in left and not _unspoken(row, name)}
    return {name: value for name, value in said.items() if value and value is not Exploitation.UNKNOWN}


def _unspoken(row: ActionRow, name: str) -> bool:
    return name in CLEARS and name not in row.speaks_of


def moves(action: Action, row: ActionRow) -> bool:
    """Whether the clock on the wall shows another time: a file knows no seconds."""
    return _wall(action.starts_at, action.ends_at) != _wall(row.starts_at, row.ends_at)


def _wall(*instants: datetime) -> list[datetime]:
    return [local(at).replace(tzinfo=None, second=0, microsecond=0) for at in instants]


def demand_of(row: ActionRow, have: Set[DemandRow]) -> Set[DemandRow]:
    """The people that an action has then, special needs aside; a profile of which a line says nothing stays."""
    if not row.exported:
        return set(row.demand) or have
    told = {line.profile for line in row.demand}
    return set(row.demand) | {
        line for line in have if line.profile not in told and f"{line.profile}_low" not in row.speaks_of
    }


def differences(action: Action, row: ActionRow, demand: Demand) -> tuple[Difference, ...]:
    """Every cell in which a line and its action differ."""
    found = list(_differences(action, row, demand))
    return tuple(Difference(row.line, action.reference, *cell) for cell in found)


def _differences(action: Action, row: ActionRow, demand: Demand) -> Iterator[tuple[str, str, str]]:
    if moves(action, row):
        was, becomes = (when_words(each.starts_at, each.ends_at, year=True) for each in (action, row))
        yield "When", was, becomes
    for name, value in said_of(row).items():
        if not _same(name, getattr(action, name), value):
            yield TITLES[name], _shown(name, getattr(action, name)), _shown(name, value)
    have = demand.get(action.id or 0, set())
    wanted = demand_of(row, have)
    if wanted != have:
        yield "People, low/likely/high", _people(have), _people(wanted)


def _same(name: str, have: Any, value: Any) -> bool:
    if name == "languages":  # in whatever order
        return set(languages_of(have)) == set(languages_of(value))
    return bool(have == value)


def _shown(name: str, value: Any) -> str:
    if value in (None, ""):
        return NOTHING
    return str(value) if name in AS_THEY_ARE else str(value).replace("_", " ").capitalize()


def _people(lines: Set[DemandRow]) -> str:
    by_profile = {line.profile: line for line in lines}
    told = [
        f"{title} {by_profile[profile].low}/{by_profile[profile].likely}/{by_profile[profile].high}"
        for profile, title in PEOPLE
        if profile in by_profile
    ]
    return ", ".join(told) or NOTHING
