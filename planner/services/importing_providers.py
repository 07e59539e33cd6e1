"""Care providers from a spreadsheet, one line a unit: all or nothing, by code, and a second import changes nothing.

Nights are opened by the provider alone. A line by which live bookings would rest on a unit that no longer takes them
is refused, so no gate can fall by an import.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import select

from planner.access import Verb, require
from planner.inputs.providers import NEVER_A_HOME, NO_HOME, PROVIDERS, ProviderRow
from planner.inputs.readings import Reading, RowFinding, finding_at
from planner.models.care import Provider, Unit
from planner.models.directory import Agency, Zone
from planner.rules.counts import count_words
from planner.rules.values import UnitFact
from planner.rules.words import AgencyKind, Nation
from planner.services.care_claims import delete_expired
from planner.services.differences import Difference, stale
from planner.services.importing import Counted, Fate, counted, may_preview_directory, must_stand, with_findings
from planner.services.importing_agencies import agencies_by_code, another_kind
from planner.services.importing_provider_rows import (
    add_agency,
    add_unit,
    change_agency,
    keep_provider,
    tell_provider,
)
from planner.services.importing_units import (
    KnownUnits,
    ever_opened,
    fact_of,
    known_units,
    lost,
    narrows,
    places_to_change,
    resting_on,
    write_fact,
    write_places,
)
from planner.services.provider_differences import provider_differences, unit_differences
from planner.views.directory_sheets import unit_sheet
from planner.work import Look, Work

MOST_NAMED = 5


@dataclass(frozen=True)
class Stored:
    """What is stored before a file is applied: agencies by code, which of them have terms of care, units, nations."""

    agencies: Mapping[str, Agency]
    providers: Mapping[int, Provider]
    units: KnownUnits
    nations: Mapping[str, Nation]

    def agency(self, row: ProviderRow) -> Agency | None:
        return self.agencies.get(row.provider_code.casefold())

    def change(self, row: ProviderRow) -> tuple[Unit, UnitFact, UnitFact] | None:
        """A unit of this provider that is stored, whom it takes, and whom it would take by its line."""
        agency, unit = self.agency(row), self.units.of(row)
        if agency is None or unit is None or unit.provider_id != agency.id:
            return None
        old = self.units.facts[unit.id or 0]
        return unit, old, fact_of(row, old)

    def differences(self, row: ProviderRow) -> tuple[Difference, ...]:
        """Every cell in which a line differs from its unit or its provider, whichever of them is known."""
        return (*self.of_provider(row), *self.of_unit(row))

    def of_provider(self, row: ProviderRow) -> tuple[Difference, ...]:
        agency = self.agency(row)
        return () if agency is None else provider_differences(row, agency)

    def of_unit(self, row: ProviderRow) -> tuple[Difference, ...]:
        change = self.change(row)
        if change is None:
            return ()
        unit, have, _ = change
        return unit_differences(row, unit, have, len(self.units.places.get(unit.id or 0, ())))


def _stored(look: Look) -> Stored:
    return Stored(
        agencies_by_code(look),
        {row.agency_id: row for row in look.session.exec(select(Provider))},
        known_units(look),
        {row.code: row.nation for row in look.session.exec(select(Zone))},
    )


def judged_providers(look: Look, reading: Reading[ProviderRow]) -> Reading[ProviderRow]:
    """The reading, and what the directory and live bookings refuse of it."""
    may_preview_directory(look)
    stored = _stored(look)
    changes = [change for row in reading.rows if (change := stored.change(row))]
    resting = resting_on(look, (unit.id or 0 for unit, old, new in changes if narrows(old, new)))
    opened = ever_opened(look, (unit.id or 0 for unit, *_ in changes))
    versions = {unit.code: unit.version for unit in unit_sheet(look)}
    found = [item for row in reading.rows for item in _refused(row, stored)]
    for row in reading.rows:
        change = stored.change(row)
        if change is None:
            found += _renames(row, reading, stored)
            continue
        unit, old, new = change
        found += stale(stored.differences(row), row.version, versions.get(unit.code), came_back=reading.came_back)
        if numbers := lost(resting.get(unit.id or 0, ()), old, new):
            found.append(_rests(row, numbers, old, new))
        if row.places < (least := opened.get(unit.id or 0, 0)):
            why = f"{unit.code} has nights open at {count_words(least, 'place')}, and only its provider closes them."
            found.append(finding_at(row.line, _title("places"), why, f"Give {least} or more."))
    return with_findings(reading, found, lambda row: row.line)


def _refused(row: ProviderRow, stored: Stored) -> Iterator[RowFinding]:
    agency, unit = stored.agency(row), stored.units.of(row)
    if agency is not None and agency.kind is not AgencyKind.CARE_PROVIDER:
        yield another_kind(row.line, _title("provider_code"), agency)
    if unit is not None and (agency is None or unit.provider_id != agency.id):
        why = f"unit {unit.code} belongs to another provider."
        yield finding_at(row.line, _title("unit"), why, "Give the unit a code of its own.")
    if row.site in NO_HOME:
        yield finding_at(row.line, _title("site"), NEVER_A_HOME, "Take the line out of the file.")


def _renames(row: ProviderRow, reading: Reading[ProviderRow], stored: Stored) -> Iterator[RowFinding]:
    """A new unit has no version: in an exported sheet a line of one that is there must say the same of its provider."""
    agency, differing = stored.agency(row), stored.of_provider(row)
    if agency is None or not differing or not reading.came_back:
        return
    code = row.provider_code.casefold()
    if not any(stored.change(other) for other in reading.rows if other.provider_code.casefold() == code):
        what = "; ".join(f"{item.what} is now {item.was}, here {item.becomes}" for item in differing)
        remedy = f"Write what it is now, or change it on the line of a unit that {agency.code} has."
        yield finding_at(row.line, _title("provider_name"), f"{what}, on a line that adds a unit.", remedy)


def _title(name: str) -> str:
    return PROVIDERS.column(name).title


def _rests(row: ProviderRow, numbers: tuple[int, ...], old: UnitFact, new: UnitFact) -> RowFinding:
    names = ("accepts", "needs", "exploitation", "zones")
    narrowed = [name for name, before, after in zip(names, old[1:], new[1:], strict=True) if not before <= after]
    named = ", ".join(str(number) for number in numbers[:MOST_NAMED])
    more = f" and {len(numbers) - MOST_NAMED} more" if len(numbers) > MOST_NAMED else ""
    bookings = count_words(len(numbers), "live booking")
    why = f"{bookings} ({named}{more}) would rest on a unit that no longer takes them."
    remedy = "Leave the unit as it is, give the changed one a code of its own, or have those bookings ended first."
    return finding_at(row.line, _title(narrowed[0]), why, remedy)


def fates_of_providers(look: Look, rows: Sequence[ProviderRow]) -> tuple[Fate, ...]:
    """What an import would make of each line, without writing."""
    may_preview_directory(look)
    stored = _stored(look)
    return tuple(_fate(row, stored) for row in rows)


def differences_of_providers(look: Look, rows: Sequence[ProviderRow]) -> tuple[Difference, ...]:
    """Every cell in which a line differs from its unit; what differs of a provider stands with its first line."""
    may_preview_directory(look)
    stored, first = _stored(look), _first_lines(rows)
    told = (stored.differences(row) if row.line in first else stored.of_unit(row) for row in rows)
    return tuple(item for found in told for item in found)


def _first_lines(rows: Sequence[ProviderRow]) -> set[int]:
    """The line on which each provider stands first: its name is the same on all of them."""
    return set({row.provider_code.casefold(): row.line for row in reversed(rows)}.values())


def _fate(row: ProviderRow, stored: Stored) -> Fate:
    if stored.units.of(row) is None:
        return Fate.NEW
    return Fate.CHANGED if stored.differences(row) else Fate.UNCHANGED


def _agency_differs(row: ProviderRow, agency: Agency) -> bool:
    return row.provider_name != agency.name or row.fictional not in (None, agency.fictional)


def import_providers(work: Work, reading: Reading[ProviderRow]) -> Counted:
    """Write every line or none, the providers locked in ascending order; what has expired goes before it is judged."""
    require(work, Verb.MANAGE_DIRECTORY, ref=PROVIDERS.what)
    must_stand(reading)
    _lock(work, reading.rows)
    must_stand(judged_providers(work, reading))
    stored = _stored(work)
    fates = tuple(_fate(row, stored) for row in reading.rows)
    providers = _write_providers(work, reading.rows, stored)
    for row, fate in sorted(zip(reading.rows, fates, strict=True), key=lambda pair: pair[0].unit_code):
        if fate is not Fate.UNCHANGED:
            _write_unit(work, row, providers[row.provider_code.casefold()], stored)
    done = counted(fates)
    sentence = f"An import made {count_words(done.created, 'unit')} of care and changed {done.changed}."
    work.record("import_providers", sentence, kind="directory", ref=PROVIDERS.what, rows=len(reading.rows))
    return done


def _lock(work: Work, rows: Sequence[ProviderRow]) -> None:
    """Bookings and places change under their provider's lock alone, so nothing that is judged later can move."""
    stored = _stored(work)
    named = {agency.id or 0: agency for row in rows if (agency := stored.agency(row))}
    providers = sorted(named.keys() & stored.providers.keys())
    for provider_id in providers:
        work.lock(Provider, provider_id)
    for agency_id in sorted(named):
        work.lock(Agency, agency_id)
    for provider_id in providers:
        delete_expired(work, provider_id)
    work.session.flush()


def _write_providers(work: Work, rows: Sequence[ProviderRow], stored: Stored) -> dict[str, int]:
    """The id of each provider of the file by code; made or renamed where the file says so, in one order of codes."""
    lines: defaultdict[str, list[ProviderRow]] = defaultdict(list)
    for row in rows:
        lines[row.provider_code.casefold()].append(row)
    found: dict[str, int] = {}
    for code, own in sorted(lines.items()):
        agency = stored.agency(own[0])
        if agency is None:
            nations = {stored.nations[zone] for row in own for zone in row.zones}
            agency = add_agency(work, own[0], sorted(nations))
        elif _agency_differs(own[0], agency):
            change_agency(work, own[0], agency)
        found[code] = agency.id or 0
        keep_provider(work, stored.providers.get(found[code]), agency)
    return found


def _write_unit(work: Work, row: ProviderRow, provider_id: int, stored: Stored) -> None:
    change = stored.change(row)
    unit = change[0] if change else add_unit(work, row, provider_id)
    unit_id = unit.id or 0
    have = stored.units.places.get(unit_id, frozenset())
    write_places(work, unit_id, *places_to_change(row, have))
    fact = change[2] if change else fact_of(row, None)
    if change is None or fact != change[1]:
        write_fact(work, unit_id, fact)
    unit.site, unit.name = fact.site, row.unit_name or unit.name
    work.session.add(unit)
    tell_provider(work, unit, new=change is None)
