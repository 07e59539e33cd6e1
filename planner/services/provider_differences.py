"""What a line of a file would change of a care provider and its unit: each difference with what stands now."""

from collections.abc import Iterable, Iterator

from planner.inputs.providers import PROVIDERS, ProviderRow
from planner.models.care import Unit
from planner.models.directory import Agency
from planner.rules.values import UnitFact
from planner.rules.words import Exploitation, Need, Profile
from planner.services.differences import Difference, listed, yes_or_no
from planner.services.importing_units import fact_of

ANY, NONE = "Any", "None"


def provider_differences(row: ProviderRow, agency: Agency) -> tuple[Difference, ...]:
    """Every cell in which a line differs from the provider that it names."""
    cells = _of_provider(row, agency)
    return tuple(Difference(row.line, agency.code, PROVIDERS.column(name).title, *was) for name, *was in cells)


def unit_differences(row: ProviderRow, unit: Unit, have: UnitFact, places: int) -> tuple[Difference, ...]:
    """Every cell in which a line differs from its unit."""
    cells = _of_unit(row, unit, have, places)
    return tuple(Difference(row.line, unit.code, PROVIDERS.column(name).title, *was) for name, *was in cells)


def _of_provider(row: ProviderRow, agency: Agency) -> Iterator[tuple[str, str, str]]:
    if row.provider_name != agency.name:
        yield "provider_name", agency.name, row.provider_name
    if row.fictional not in (None, agency.fictional):
        yield "fictional", yes_or_no(agency.fictional), yes_or_no(bool(row.fictional))


def _of_unit(row: ProviderRow, unit: Unit, have: UnitFact, places: int) -> Iterator[tuple[str, str, str]]:
    if row.unit_name not in (None, unit.name):
        yield "unit_name", unit.name, row.unit_name or ""
    if row.places != places:
        yield "places", str(places), str(row.places)
    was, becomes = (_shown(fact) for fact in (have, fact_of(row, have)))
    yield from ((name, was[name], becomes[name]) for name in was if was[name] != becomes[name])


def _shown(fact: UnitFact) -> dict[str, str]:
    return {
        "site": listed([fact.site]),
        "accepts": listed(_in_order(Profile, fact.profiles)),
        "needs": listed([need for need in _in_order(Need, fact.needs) if need != Need.NONE])
        if _special(fact)
        else NONE,
        "exploitation": ANY
        if fact.exploitations >= {*Exploitation}
        else listed(_in_order(Exploitation, fact.exploitations)),
        "zones": "; ".join(sorted(fact.zones)),
    }


def _special(fact: UnitFact) -> bool:
    return bool(fact.needs - {Need.NONE})


def _in_order(every: Iterable[str], some: Iterable[str]) -> list[str]:
    kept = set(some)
    return [each for each in every if each in kept]
