"""Hours of agencies from a spreadsheet: all or nothing, by code, and a second import of the file changes nothing."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from planner.access import Verb, require
from planner.inputs.availability import AVAILABILITY, AvailabilityRow
from planner.inputs.readings import Reading, finding_at
from planner.models.directory import Agency, Availability
from planner.rules.availability import hours_words
from planner.rules.counts import count_words
from planner.rules.fingerprints import row_version
from planner.services.availability import AvailabilityRequest, keep_availability, said_of
from planner.services.differences import Difference, stale
from planner.services.importing import Counted, Fate, counted, may_preview_directory, must_stand, with_findings
from planner.services.importing_agencies import agencies_by_code
from planner.work import Look, Work


def judged_availability(look: Look, reading: Reading[AvailabilityRow]) -> Reading[AvailabilityRow]:
    """The reading, and what the directory refuses of it: an agency that it does not know."""
    may_preview_directory(look)
    known, title = agencies_by_code(look), AVAILABILITY.column("agency").title
    remedy = "Use a code of the Directory page, or add the agency first."
    found = [
        finding_at(row.line, title, f"there is no agency {row.agency}.", remedy)
        for row in reading.rows
        if row.agency.casefold() not in known
    ]
    have = _kept(look)
    for row in reading.rows:
        if kept := have.get(row.agency.casefold()):
            differing, version = _differences(kept, row, known), row_version(said_of(kept))
            found += stale(differing, row.version, version, came_back=reading.came_back)
    return with_findings(reading, found, lambda row: row.line)


def differences_of_availability(look: Look, rows: Sequence[AvailabilityRow]) -> tuple[Difference, ...]:
    """What was said of an agency's hours, and what a line says instead."""
    may_preview_directory(look)
    have, known = _kept(look), agencies_by_code(look)
    pairs = ((have.get(row.agency.casefold()), row) for row in rows)
    return tuple(item for kept, row in pairs if kept for item in _differences(kept, row, known))


def _differences(have: Availability, row: AvailabilityRow, known: Mapping[str, Agency]) -> tuple[Difference, ...]:
    was, becomes = said_of(have), _request(row).said
    if was == becomes:
        return ()
    return (Difference(row.line, known[row.agency.casefold()].code, "Hours", hours_words(was), hours_words(becomes)),)


def _request(row: AvailabilityRow) -> AvailabilityRequest:
    return AvailabilityRequest(row.weekdays, row.opens, row.closes, row.bank_holidays, row.actions_a_day)


def fates_of_availability(look: Look, rows: Sequence[AvailabilityRow]) -> tuple[Fate, ...]:
    """What an import would make of each line, without writing."""
    may_preview_directory(look)
    have = _kept(look)
    return tuple(_fate(have.get(row.agency.casefold()), row) for row in rows)


def _kept(look: Look) -> dict[str, Availability]:
    query = select(Agency.code, Availability).join(Availability, col(Availability.agency_id) == col(Agency.id))
    rows = look.session.exec(query.execution_options(populate_existing=True))
    return {code.casefold(): row for code, row in rows}


def _fate(have: Availability | None, row: AvailabilityRow) -> Fate:
    if have is None:
        return Fate.NEW
    return Fate.UNCHANGED if said_of(have) == _request(row).said else Fate.CHANGED


def import_availability(work: Work, reading: Reading[AvailabilityRow]) -> Counted:
    """Write every line or none; the hours in the file take the place of what was said before."""
    require(work, Verb.MANAGE_DIRECTORY, ref=AVAILABILITY.what)
    must_stand(reading)
    must_stand(judged_availability(work, reading))
    known = agencies_by_code(work)
    for number in sorted(known[row.agency.casefold()].id or 0 for row in reading.rows):
        work.lock(Agency, number)
    must_stand(judged_availability(work, reading))  # again: while this waited, somebody else may have said otherwise
    have = _kept(work)
    fates = {row: _fate(have.get(row.agency.casefold()), row) for row in reading.rows}
    for row in reading.rows:
        if fates[row] is not Fate.UNCHANGED:
            keep_availability(work, known[row.agency.casefold()], _request(row))
    done = counted(fates.values())
    sentence = f"An import said when {count_words(len(reading.rows), 'agency', 'agencies')} can be asked."
    work.record("import_availability", sentence, kind="directory", ref=AVAILABILITY.what, rows=len(reading.rows))
    return done
