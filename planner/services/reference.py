"""Reference data into the tables: every file of `data/`, once; repeating it adds only what is new."""

from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from planner.db import Table
from planner.inputs import reference as files
from planner.models import directory, reference
from planner.rules.words import AgencyKind


def load_reference(session: Session, data: Path) -> None:
    """Zones, regions, agencies with secondments, law by nation, the role catalogue and published figures."""
    if session.exec(select(directory.Zone.code)).first() is not None:
        return
    for rows in (_zones(data), _regions(data), _agencies(data), _law(data), _practice(data)):
        session.add_all(rows)
        session.flush()
    session.add_all(_secondments(session, data))
    session.flush()


def _zones(data: Path) -> list[Table]:
    return [directory.Zone(code=row.code, name=row.name, nation=row.nation) for row in files.load_zones(data)]


def _regions(data: Path) -> list[Table]:
    return [
        directory.Region(code=row.code, name=row.name, nation=row.nation, zone=row.zone)
        for row in files.load_regions(data)
    ]


def _agencies(data: Path) -> list[Table]:
    forces: list[Table] = [
        directory.Agency(
            code=row.code,
            name=row.name,
            kind=AgencyKind.POLICE_FORCE,
            region=row.region,
            nation=None if row.uk_wide else row.nation,
            first_responder=True,
            dedicated_team=bool(row.dedicated_team),
            active_from=row.active_from,
            active_to=row.active_to,
            successor=row.successor or None,
            source=row.origin.source,
            source_date=row.origin.source_date,
        )
        for row in files.load_forces(data)
    ]
    cells = [
        directory.Agency(
            code=row.code,
            name=row.name,
            kind=row.kind,
            region=row.regions[0] if len(row.regions) == 1 else None,
            active_from=row.active_from,
            active_to=row.active_to,
            source=row.origin.source,
            source_date=row.origin.source_date,
        )
        for row in files.load_regional_cells(data)
    ]
    return [*forces, *cells, *_others(data, {row.code for row in files.load_regional_cells(data)})]


def _others(data: Path, taken: set[str]) -> list[Table]:
    return [
        directory.Agency(
            code=row.code,
            name=row.name,
            kind=row.kind,
            nations="|".join(row.nations),
            first_responder=bool(row.first_responder),
            active_from=row.active_from,
            active_to=row.active_to,
            source=row.origin.source,
            source_date=row.origin.source_date,
        )
        for row in files.load_agencies(data)
        if row.code not in taken
    ]


def _secondments(session: Session, data: Path) -> list[Table]:
    ids = dict(session.exec(select(directory.Agency.code, directory.Agency.id)).all())
    pairs = [
        (ids[cell.code], ids[code])
        for cell in files.load_regional_cells(data)
        for code in (*cell.seconded_forces, *cell.seconded_agencies)
        if code in ids
    ]
    return [directory.Secondment(cell_id=cell or 0, agency_id=agency or 0) for cell, agency in pairs]


def _law(data: Path) -> list[Table]:
    periods: list[Table] = [
        reference.SupportPeriod(
            nation=nation,
            period=row.title,
            days=row.days,
            starts=row.counted_from,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            basis=row.standing,
            **_origin(row),
        )
        for row in files.load_support_periods(data)
        if row.standing is files.PeriodStanding.IN_FORCE
        for nation in row.nations
    ]
    rules: list[Table] = [
        reference.WarrantRule(
            nation=row.nation, months=row.months, rule=row.rule, confidence=row.origin.confidence, **_origin(row)
        )
        for row in files.load_warrant_rules(data)
    ]
    holidays: list[Table] = [
        reference.BankHoliday(nation=row.nation, day=row.on, title=row.title, **_origin(row))
        for row in files.load_bank_holidays(data)
    ]
    return [*periods, *rules, *holidays]


def _practice(data: Path) -> list[Table]:
    roles: list[Table] = [
        reference.CatalogueRole(
            code=row.code,
            version=row.version,
            title=row.title,
            responsibilities="\n".join(row.responsibilities),
            agency_kinds="|".join(row.agency_kinds),
            action_kinds="|".join(row.action_kinds),
            nations="|".join(row.nations),
            required=row.required,
            on_entry=row.on_entry,
            needed=row.count,
            needs_training=row.needs_training,
            answer_hours=row.answer_hours,
            concerns="|".join(row.concerns),
            **_origin(row),
        )
        for row in files.load_roles(data)
    ]
    figures: list[Table] = [
        reference.Figure(
            operation=row.operation,
            measure=row.measure,
            value=row.value,
            definition=row.definition,
            claimed_or_verified=row.claim,
            status=row.origin.note,
            **_origin(row),
        )
        for row in files.load_published_figures(data)
    ]
    return [*roles, *figures]


def _origin(row: Any) -> dict[str, Any]:
    return {"source": row.origin.source, "source_date": row.origin.source_date}
