"""Agencies from a spreadsheet: all or nothing, by code, and a second import of the same file changes nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from planner.access import Verb, require
from planner.errors import Refused
from planner.inputs.agencies import AGENCIES, AgencyRow
from planner.inputs.readings import Reading, RowFinding, finding_at
from planner.models.directory import Agency, Region
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.counts import count_words
from planner.rules.lead_time import NATION_WORDS
from planner.rules.words import AgencyKind, Nation, OfferState
from planner.services.differences import NOTHING, Difference, stale, yes_or_no
from planner.services.gate import reconsider
from planner.services.importing import (
    Counted,
    Fate,
    add_new,
    counted,
    may_preview_directory,
    must_stand,
    with_findings,
)
from planner.services.names import agency_words
from planner.views.directory_sheets import agency_sheet
from planner.work import Look, Work

ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
EVERYWHERE = frozenset(Nation)
SOURCE = "A file that the cell imported"


def agencies_by_code(look: Look) -> dict[str, Agency]:
    """The directory by code, whatever the case: a file may spell a code in another."""
    rows = look.session.exec(select(Agency).order_by(col(Agency.id)).execution_options(populate_existing=True))
    return {agency.code.casefold(): agency for agency in rows}


def judged_agencies(look: Look, reading: Reading[AgencyRow]) -> Reading[AgencyRow]:
    """The reading, and what the directory refuses of it."""
    may_preview_directory(look)
    have, regions = agencies_by_code(look), {row.code: row for row in look.session.exec(select(Region))}
    found = [item for row in reading.rows for item in _refused(row, have.get(row.code.casefold()), regions)]
    versions = {row.code: row.version for row in agency_sheet(look)}
    back = reading.came_back
    for row in reading.rows:
        if agency := have.get(row.code.casefold()):
            found += stale(_differences(agency, row, regions), row.version, versions.get(agency.code), came_back=back)
    return with_findings(reading, found, lambda row: row.line)


def _refused(row: AgencyRow, have: Agency | None, regions: Mapping[str, Region]) -> Iterator[RowFinding]:
    if have is not None and have.kind is not row.kind:
        yield another_kind(row.line, AGENCIES.column("kind").title, have)
    if row.region_cleared and have is not None and have.region:
        why = f"it cannot be blank of {have.code}, which is in {regions[have.region].name}."
        yield finding_at(row.line, AGENCIES.column("region").title, why, "Write the region back, or another.")
    region = regions.get(row.region_code or "")
    title = AGENCIES.column("region").title
    if region is not None and region.nation not in row.nations:
        nation = region.nation.replace("_", " ").title()
        yield finding_at(row.line, title, f"{region.name} lies in {nation}.", "Give its nation, or another region.")
    local = row.kind is AgencyKind.POLICE_FORCE and len(row.nations) == 1
    if local and region is None and (have is None or (have.region is None and _works_in(have) != {*row.nations})):
        why = "a police force of one nation needs its region."
        yield finding_at(row.line, title, why, "Give the region's code or name.")


def another_kind(line: int, column: str, have: Agency) -> RowFinding:
    """A code that the directory keeps for an agency of another kind."""
    why = f"{have.code} is in the directory as {have.kind.replace('_', ' ')}."
    return finding_at(line, column, why, "Leave its kind as it is there, or give this agency another code.")


def _works_in(agency: Agency) -> frozenset[Nation]:
    if agency.nations:
        return frozenset(Nation(nation) for nation in agency.nations.split("|"))
    return EVERYWHERE if agency.nation is None else frozenset({agency.nation})


def _said(have: Agency, row: AgencyRow) -> dict[str, Any]:
    """What a line says of an agency; what it leaves blank, or says in other words, stays as it is."""
    said: dict[str, Any] = {
        "name": row.name,
        "region": row.region_code or have.region,
        "first_responder": have.first_responder if row.first_responder is None else row.first_responder,
        "fictional": have.fictional if row.fictional is None else row.fictional,
    }
    if _works_in(have) != frozenset(row.nations):
        said |= {"nation": row.nations[0] if len(row.nations) == 1 else None, "nations": "|".join(row.nations)}
    return {name: value for name, value in said.items() if getattr(have, name) != value}


def _loses(have: Agency, row: AgencyRow) -> bool:
    """Whether an action could lose its first responder by this line."""
    return have.first_responder and (row.first_responder is False or not _works_in(have) <= frozenset(row.nations))


def _fate(have: Agency | None, row: AgencyRow) -> Fate:
    if have is None:
        return Fate.NEW
    return Fate.CHANGED if _said(have, row) else Fate.UNCHANGED


def fates_of_agencies(look: Look, rows: Sequence[AgencyRow]) -> tuple[Fate, ...]:
    """What an import would make of each line, without writing."""
    may_preview_directory(look)
    have = agencies_by_code(look)
    return tuple(_fate(have.get(row.code.casefold()), row) for row in rows)


def differences_of_agencies(look: Look, rows: Sequence[AgencyRow]) -> tuple[Difference, ...]:
    """Every cell in which a line and its agency differ."""
    may_preview_directory(look)
    have, regions = agencies_by_code(look), {row.code: row for row in look.session.exec(select(Region))}
    known = ((have.get(row.code.casefold()), row) for row in rows)
    return tuple(item for agency, row in known if agency for item in _differences(agency, row, regions))


def _differences(have: Agency, row: AgencyRow, regions: Mapping[str, Region]) -> tuple[Difference, ...]:
    cells = _cells(have, row, regions)
    return tuple(Difference(row.line, have.code, AGENCIES.column(name).title, *was) for name, *was in cells)


def _cells(have: Agency, row: AgencyRow, regions: Mapping[str, Region]) -> Iterator[tuple[str, str, str]]:
    """The name of each column that differs, what stands there and what would."""
    said = _said(have, row)
    if "name" in said:
        yield "name", have.name, row.name
    if "nations" in said:
        yield "nation", _nations(_works_in(have)), _nations(row.nations)
    if "region" in said:
        yield "region", regions[have.region].name if have.region else NOTHING, regions[said["region"]].name
    for name in ("first_responder", "fictional"):
        if name in said:
            yield name, yes_or_no(getattr(have, name)), yes_or_no(said[name])


def _nations(those: Collection[Nation]) -> str:
    return "; ".join(NATION_WORDS[each] for each in Nation if each in those)


def import_agencies(work: Work, reading: Reading[AgencyRow]) -> Counted:
    """Write every line or none; an action that loses its first responder by it is asked for its gate again."""
    require(work, Verb.MANAGE_DIRECTORY, ref=AGENCIES.what)
    must_stand(reading)
    served = _lock(work, reading.rows)
    must_stand(judged_agencies(work, reading))
    have = agencies_by_code(work)
    fates = {row: _fate(have.get(row.code.casefold()), row) for row in reading.rows}
    for row in sorted(reading.rows, key=lambda row: row.code):  # one order, so that two imports never wait in a ring
        if fates[row] is Fate.NEW:
            _create(work, row)
        elif fates[row] is Fate.CHANGED:
            _change(work, have[row.code.casefold()], row)
    done = counted(fates.values())
    sentence = f"An import made {count_words(done.created, 'agency', 'agencies')} and changed {done.changed}."
    work.record("import_agencies", sentence, kind="directory", ref=AGENCIES.what, rows=len(reading.rows))
    reconsider(work, served, because="A first responder's entry in the directory was changed by an import.")
    return done


def _lock(work: Work, rows: Sequence[AgencyRow]) -> tuple[int, ...]:
    """Actions that could lose their first responder, then the agencies that change, each ascending."""
    have = agencies_by_code(work)
    old = [(agency, row) for row in rows if (agency := have.get(row.code.casefold()))]
    losing = [agency.id or 0 for agency, row in old if _loses(agency, row)]
    served = _served(work, losing)
    for action_id in served:
        work.lock(Action, action_id)
    for agency_id in sorted(agency.id or 0 for agency, row in old if _said(agency, row)):
        work.lock(Agency, agency_id)
    if _served(work, losing) != served:
        raise Refused("Posts of these agencies were answered just now. Import the file again.")
    return served


def _served(work: Work, agency_ids: Iterable[int]) -> tuple[int, ...]:
    query = select(RoleOffer.action_id).where(
        col(RoleOffer.agency_id).in_(list(agency_ids)), col(RoleOffer.state).in_(ACCEPTED)
    )
    return tuple(sorted(set(work.session.exec(query))))


def _create(work: Work, row: AgencyRow) -> None:
    agency = Agency(
        code=row.code,
        name=row.name,
        kind=row.kind,
        region=row.region_code,
        nation=row.nations[0] if len(row.nations) == 1 else None,
        nations="|".join(row.nations),
        first_responder=bool(row.first_responder),
        fictional=bool(row.fictional),
        **origin(work),
    )
    add_new(work, agency, row.code)
    work.record("import_agency", f"{agency_words(agency)} was added by an import.", kind="agency", ref=row.code)


def _change(work: Work, agency: Agency, row: AgencyRow) -> None:
    said = _said(agency, row)
    for name, value in (said | origin(work)).items():
        setattr(agency, name, value)
    work.session.add(agency)
    sentence = f"{agency_words(agency)} was changed by an import."
    work.record("import_agency", sentence, kind="agency", ref=agency.code, changed=sorted(said))


def origin(work: Work) -> dict[str, Any]:
    """Where an entry of the directory comes from: this import, today."""
    return {"source": SOURCE, "source_date": f"{work.now:%Y-%m-%d}"}
