"""An agency's own word on the charter: a partner's lead, or a police force's Silver or Gold; nobody for another."""

from sqlmodel import select

from planner.access import Verb, may, own_agencies
from planner.errors import NotFound, Refused, Stale
from planner.models.charter import Charter, CharterAcknowledgement, CharterObjection
from planner.models.directory import Agency
from planner.models.operations import Operation
from planner.rules.words import Post
from planner.services.charter_versions import agencies_of, latest_charter, record_charter, write_agreement
from planner.services.leads import holders
from planner.services.texts import needed_text
from planner.work import Work

NO_CHARTER = "There is no such charter, or none that names your agency."


def acknowledge_charter(work: Work, charter_id: int) -> None:
    """The actor's agency will do its part; to who belongs to no agency that it names, a charter is missing."""
    operation, charter, left = _lock_unanswered(work, charter_id)
    for agency in left:
        write_agreement(work, charter, agency.id or 0)
        sentence = f"{agency.name} will do its part, by version {charter.number} of the charter."
        record_charter(work, operation, "acknowledge_charter", sentence)


def object_to_charter(work: Work, charter_id: int, reason: str) -> None:
    """The actor's agency will not do what is written there, and says why; the cell is told, and can issue another.

    It may still agree to the same version later.
    """
    operation, charter, left = _lock_unanswered(work, charter_id)
    why = needed_text(reason, "Why your agency cannot do this")
    for agency in left:
        row = work.session.get(CharterObjection, (charter.id, agency.id))
        row = row or CharterObjection(charter_id=charter.id or 0, agency_id=agency.id or 0, person_id=0, reason=why)
        row.person_id, row.at, row.reason = work.actor.person_id or 0, work.now, why
        work.session.add(row)
        sentence = f"{agency.name} cannot agree to version {charter.number} of the charter: {why}"
        record_charter(work, operation, "object_to_charter", sentence)
        for person in holders(work, (Post.CELL,), operation.id or 0):
            work.notify(f"{operation.name}: {sentence}", person_id=person, path="/operation")


def _lock_unanswered(work: Work, charter_id: int) -> tuple[Operation, Charter, list[Agency]]:
    """The charter that counts, and the agencies of the actor's own that have not agreed to it."""
    work.attempts("acknowledge_charter", f"charter {charter_id}")
    found = work.session.get(Charter, charter_id)
    own = _own(work, found) if found is not None and found.issued_at is not None else ()
    if found is None or not own:
        raise NotFound(NO_CHARTER)
    operation = work.lock(Operation, found.operation_id)
    latest = latest_charter(work, found.operation_id, issued=True)
    if latest is None or latest.id != found.id:
        raise Stale("A newer version of the charter was issued while your page was open. Read it, then answer.")
    have = select(CharterAcknowledgement.agency_id).where(CharterAcknowledgement.charter_id == found.id)
    said = set(work.session.exec(have))
    left = [agency for agency in own if agency.id not in said]
    if not left:
        raise Refused(f"{own[0].name} has agreed to version {found.number} already. Thank you.")
    return operation, found, left


def _own(work: Work, charter: Charter) -> tuple[Agency, ...]:
    """The agencies that it names and for which the actor speaks in its operation."""
    verb, mine = Verb.ACKNOWLEDGE_CHARTER, own_agencies(work, Verb.ACKNOWLEDGE_CHARTER)
    named = [agency for agency in agencies_of(work, charter) if agency.id in mine]
    return tuple(row for row in named if may(work, verb, agency_id=row.id, operation_id=charter.operation_id))
