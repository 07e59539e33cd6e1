"""The partnership charter: drafted and issued by the cell; each agency says for itself that it will do its part."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col, select

from planner.access import Verb, agency_named
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.charter import Charter, CharterLine
from planner.models.directory import Agency
from planner.models.operations import Operation
from planner.named import lock_operation
from planner.rules.charters import CharterFact, changed_for, conflict, in_order, without_a_lead
from planner.rules.role_words import Workstream
from planner.rules.words import AgencyKind, PhaseKind, Post
from planner.services.charter_versions import agencies_of, latest_charter, lines_of, record_charter, write_agreement
from planner.services.leads import holders, partner_leads
from planner.services.texts import needed_text
from planner.work import Work

MOST_LINES = 200
MOST_SENTENCES = 12


@dataclass(frozen=True)
class LineRequest:
    """What an agency does in a workstream; without a phase, in all of them."""

    workstream: Workstream
    agency: str
    responsibilities: tuple[str, ...]
    phase: PhaseKind | None = None
    leads: bool = False

    def __post_init__(self) -> None:
        if not self.responsibilities:
            raise InputError("Say in at least one plain sentence what the agency does: one sentence a line.")
        if len(self.responsibilities) > MOST_SENTENCES:
            given = len(self.responsibilities)
            raise InputError(f"A line has {MOST_SENTENCES} sentences at most; this has {given}. Nobody agrees to more.")


def draft_charter(work: Work, code: str) -> Charter:
    """A new version to write on, beginning with what the latest one says; one draft at a time."""
    operation = lock_operation(work, code, Verb.WRITE_CHARTER)
    latest = latest_charter(work, operation.id or 0)
    if latest is not None and latest.issued_at is None:
        raise Refused(f"Version {latest.number} is a draft already. Change that one, then issue it.")
    number = latest.number + 1 if latest else 1
    made = Charter(operation_id=operation.id or 0, number=number, drafted_by=work.actor.person_id, drafted_at=work.now)
    work.session.add(made)
    work.session.flush()
    if latest is not None:
        _copy_lines(work, latest, made)
    record_charter(work, operation, "draft_charter", f"Version {number} of the charter was begun.")
    return made


def _copy_lines(work: Work, before: Charter, made: Charter) -> None:
    rows = work.session.exec(select(CharterLine).where(CharterLine.charter_id == before.id)).all()
    work.session.add_all(
        CharterLine(**row.model_dump(exclude={"id", "charter_id"}), charter_id=made.id or 0) for row in rows
    )


def keep_line(
    work: Work, code: str, request: LineRequest, *, line_id: int | None = None, changes: int | None = None
) -> CharterLine:
    """A line of the draft, new or changed; `changes` is the state of the draft that the page shows."""
    operation, draft = _lock_draft(work, code, changes)
    agency = _agency_of(work, request)
    duties = "\n".join(needed_text(text, "A responsibility") for text in request.responsibilities)
    new = CharterFact(request.workstream, request.phase, agency.name, request.leads, duties)
    have = lines_of(work, draft)
    why = conflict(new, [fact for number, fact in have.items() if number != line_id])
    if why:
        raise Refused(why)
    row = _line_of(work, draft, line_id) if line_id is not None else None
    if row is None:
        if len(have) >= MOST_LINES:
            raise Refused(f"A charter has {MOST_LINES} lines at most. Take one out first.")
        row = CharterLine(charter_id=draft.id or 0, agency_id=0, workstream=request.workstream, responsibilities=duties)
    row.workstream, row.phase, row.agency_id = request.workstream, request.phase, agency.id or 0
    row.leads, row.responsibilities = request.leads, duties
    work.session.add(row)
    work.session.flush()
    _draft_changed(work, operation, draft, "keep_line", f"{agency.name}, {new.role}: {duties.splitlines()[0]}")
    return row


def _agency_of(work: Work, request: LineRequest) -> Agency:
    agency = agency_named(work, request.agency)
    if agency.kind is AgencyKind.CARE_PROVIDER:
        raise Refused(
            "A care provider's name is for the care lead and the cell alone, and every partner reads who leads a "
            "workstream. Name the agency that speaks for care."
        )
    return agency


def drop_line(work: Work, code: str, line_id: int, *, changes: int | None = None) -> None:
    """A line of the draft is taken out."""
    operation, draft = _lock_draft(work, code, changes)
    fact = lines_of(work, draft).get(line_id)
    work.session.delete(_line_of(work, draft, line_id))
    if fact is not None:
        _draft_changed(work, operation, draft, "drop_line", f"{fact.agency}, {fact.role}: taken out.")


def drop_draft(work: Work, code: str, *, changes: int | None = None) -> None:
    """The draft is given up; what is issued stays as it is."""
    operation, draft = _lock_draft(work, code, changes)
    work.session.execute(sa.delete(CharterLine).where(col(CharterLine.charter_id) == draft.id))
    work.session.delete(draft)
    record_charter(work, operation, "drop_draft", f"The draft of version {draft.number} of the charter was given up.")


def issue_charter(work: Work, code: str, *, changes: int | None = None) -> int:
    """Every agency that is named is asked whether it will do its part, and told what changed; says how many.

    The agency of who issues it has agreed by issuing it.
    """
    operation, draft = _lock_draft(work, code, changes)
    lines, earlier = lines_of(work, draft), latest_charter(work, operation.id or 0, issued=True)
    before = tuple(lines_of(work, earlier).values()) if earlier else ()
    after = tuple(lines.values())
    _check_issue(after, before)
    agencies = agencies_of(work, draft)
    asked = {row.id or 0: _who_answers(work, operation, row) for row in agencies if row.id != work.actor.agency_id}
    draft.issued_by, draft.issued_at = work.actor.person_id, work.now
    work.session.add(draft)
    if any(row.id == work.actor.agency_id for row in agencies):
        write_agreement(work, draft, work.actor.agency_id or 0)
    for agency in agencies:
        changed = changed_for(agency.name, before, after) if earlier else ""
        _tell(work, asked.get(agency.id or 0, {}), operation, changed)
    told = f"Version {draft.number} of the charter was issued to {len(agencies)} agencies."
    record_charter(work, operation, "issue_charter", told)
    return len(agencies)


def _check_issue(after: tuple[CharterFact, ...], before: tuple[CharterFact, ...]) -> None:
    if not after:
        raise Refused("The charter has no line yet: say first what each agency does.")
    missing = without_a_lead(after)
    if missing:
        words = missing[0].replace("_", " ")
        raise Refused(f"Nobody leads {words}. Say which agency does, then issue the charter.")
    if in_order(after) == in_order(before):
        raise Refused("Nothing changed since the last version: every agency would be asked for nothing.")


def _who_answers(work: Work, operation: Operation, agency: Agency) -> dict[int, str]:
    """Who can answer for an agency, with the page where they do; refused when there is nobody."""
    number = agency.id or 0
    found = dict.fromkeys(work.session.exec(partner_leads(work, number, operation.id or 0)), "/my_part")
    if agency.kind is AgencyKind.POLICE_FORCE:
        command = holders(work, (Post.SILVER, Post.GOLD), operation.id or 0, number)
        found = {**dict.fromkeys(command, "/operation"), **found}
    if not found:
        who = "Silver, Gold or partner lead" if agency.kind is AgencyKind.POLICE_FORCE else "partner lead"
        raise Refused(
            f"{agency.name} has no {who} in this operation who could agree. Appoint one on the Directory page."
        )
    return found


def _tell(work: Work, people: dict[int, str], operation: Operation, changed: str) -> None:
    asked = f"Operation {operation.name}: please read what your agency does, and say whether you will do it. {changed}"
    for person, path in sorted(people.items()):
        outside = "Please read what your agency is asked to do, and answer."
        work.notify(asked.rstrip(), person_id=person, outside=outside, path=path)


def _lock_draft(work: Work, code: str, changes: int | None) -> tuple[Operation, Charter]:
    """The draft of an operation under its lock; Stale when it was changed since the page was drawn."""
    operation = lock_operation(work, code, Verb.WRITE_CHARTER)
    draft = latest_charter(work, operation.id or 0)
    if draft is None or draft.issued_at is not None:
        raise Refused(f"{operation.name} has no draft of its charter. Begin one first.")
    if changes not in (None, draft.changes):
        raise Stale("Somebody else changed this draft while your page was open. Look again, then keep yours.")
    return operation, draft


def _line_of(work: Work, draft: Charter, line_id: int) -> CharterLine:
    row = work.session.get(CharterLine, line_id, populate_existing=True)
    if row is None or row.charter_id != draft.id:
        raise NotFound("There is no such line in the draft. Look again: somebody may have taken it out.")
    return row


def _draft_changed(work: Work, operation: Operation, draft: Charter, verb: str, what: str) -> None:
    draft.changes += 1
    work.session.add(draft)
    record_charter(work, operation, verb, f"Draft {draft.number} of the charter: {what}")
