"""What the verbs of the charter share: its versions, lines and agencies, and an agreement written down."""

from sqlmodel import col, select

from planner.db import pick
from planner.models.charter import Charter, CharterAcknowledgement, CharterLine
from planner.models.directory import Agency
from planner.models.operations import Operation
from planner.rules.charters import CharterFact
from planner.work import Look, Work


def latest_charter(look: Look, operation_id: int, *, issued: bool = False) -> Charter | None:
    """The newest version of an operation's charter, which may be a draft; or the newest that was issued."""
    query = select(Charter).where(Charter.operation_id == operation_id).order_by(col(Charter.number).desc())
    if issued:
        query = query.where(col(Charter.issued_at).is_not(None))
    return look.session.exec(query).first()


def lines_of(look: Look, charter: Charter) -> dict[int, CharterFact]:
    """What a version says, each line by its number."""
    x = CharterLine
    query = pick(x.id, x.workstream, x.phase, Agency.name, x.leads, x.responsibilities)
    query = query.join(Agency, col(Agency.id) == col(x.agency_id)).where(x.charter_id == charter.id)
    return {number: CharterFact._make(row) for number, *row in look.session.execute(query)}


def agencies_of(look: Look, charter: Charter) -> tuple[Agency, ...]:
    """The agencies that a version names, by name."""
    named = select(CharterLine.agency_id).where(CharterLine.charter_id == charter.id)
    return tuple(look.session.exec(select(Agency).where(col(Agency.id).in_(named)).order_by(Agency.name)))


def write_agreement(work: Work, charter: Charter, agency_id: int) -> None:
    """Write down that the actor's agency will do its part."""
    person = work.actor.person_id or 0
    said = CharterAcknowledgement(charter_id=charter.id or 0, agency_id=agency_id, person_id=person, at=work.now)
    work.session.add(said)
    work.session.flush()


def record_charter(work: Work, operation: Operation, verb: str, sentence: str) -> None:
    work.record(verb, f"{operation.name}: {sentence}", kind="operation", ref=operation.code)
