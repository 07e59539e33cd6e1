"""Operations: made with the gate's first policy; phases and marking are the cell's, objectives the national Gold's."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlmodel import col, select

from planner.access import Verb, agency_named, require, visible_actions
from planner.db import pick
from planner.errors import InputError, Refused, Stale
from planner.models.operations import Action, Operation, Phase
from planner.models.policy import Policy
from planner.named import lock_operation
from planner.rules.counts import count_words
from planner.rules.markings import Marked, is_above
from planner.rules.words import Marking, PhaseKind
from planner.services.markings import check_marking
from planner.services.texts import needed_text
from planner.settings import load_settings
from planner.work import Work

BLOCKS = "legal_basis clashes conference roles care interpreters medical reception child_pathway"
LONGEST_DAYS = 5 * 366


@dataclass(frozen=True)
class OperationRequest:
    """A campaign; days are London days, both included."""

    code: str
    name: str
    lead_agency: str
    starts_on: date
    ends_on: date
    marking: Marking = field(default_factory=lambda: load_settings().ceiling)
    handling: str | None = None

    def __post_init__(self) -> None:
        needed_text(self.name, "The operation's name", most=120)
        code = needed_text(self.code, "The operation's code", most=40)
        if not code.replace("-", "").isalnum():
            raise InputError(f"The code {code} may hold letters, digits and hyphens alone.")
        check_days(self.starts_on, self.ends_on)
        check_marking(self.marking, self.handling)


class PhaseLine(NamedTuple):
    kind: PhaseKind
    starts_on: date
    ends_on: date


def check_days(first: date, last: date) -> None:
    if last < first:
        raise InputError(f"The last day, {last:%-d %B %Y}, is before the first, {first:%-d %B %Y}.")
    if (last - first).days > LONGEST_DAYS:
        raise InputError("An operation lasts five years at most. Check the two years.")


def create_operation(work: Work, request: OperationRequest) -> Operation:
    """A new operation with the gate's default policy; only a cell post that is not tied to one operation."""
    code = request.code.strip()
    require(work, Verb.FOUND_OPERATION, ref=code)
    if work.session.exec(select(Operation.id).where(Operation.code == code)).first() is not None:
        raise Refused(f"There is an operation {code} already. Choose another code.")
    operation = Operation(
        code=code,
        name=request.name.strip(),
        lead_agency_id=agency_named(work, request.lead_agency).id or 0,
        starts_on=request.starts_on,
        ends_on=request.ends_on,
        marking=request.marking,
        handling=check_marking(request.marking, request.handling),
    )
    work.session.add(operation)
    work.session.flush()
    first = "The defaults that every operation begins with."
    policy = Policy(
        operation_id=operation.id or 0, blocks=BLOCKS, reason=first, set_by=work.actor.person_id, set_at=work.now
    )
    work.session.add(policy)
    work.record("create_operation", f"Operation {operation.name} was set up.", kind="operation", ref=code)
    return operation


def set_phases(work: Work, code: str, lines: Sequence[PhaseLine]) -> None:
    """Replace the phases, in order; one that keeps its number keeps its calendar entry."""
    operation = lock_operation(work, code, Verb.SET_PHASES)
    for line in lines:
        check_days(line.starts_on, line.ends_on)
        if line.starts_on < operation.starts_on or line.ends_on > operation.ends_on:
            raise InputError(f"The phase {line.kind} runs outside the operation. Change its days, or the operation's.")
    have = {row.number: row for row in work.session.exec(select(Phase).where(Phase.operation_id == operation.id))}
    for number, line in enumerate(lines, 1):
        _set_phase(work, operation, number, line, have.pop(number, None))
    for surplus in have.values():
        work.session.delete(surplus)
    _changed(work, operation, "set_phases", f"Operation {operation.name} has {len(lines)} phases.")


def _set_phase(work: Work, operation: Operation, number: int, line: PhaseLine, row: Phase | None) -> None:
    if row is None:
        uid = str(uuid.uuid4())
        work.session.add(
            Phase(
                operation_id=operation.id or 0,
                number=number,
                kind=line.kind,
                starts_on=line.starts_on,
                ends_on=line.ends_on,
                calendar_uid=uid,
                changed_at=work.now,
            )
        )
    elif (row.kind, row.starts_on, row.ends_on) != line:
        row.kind, row.starts_on, row.ends_on = line
        row.calendar_sequence, row.changed_at = row.calendar_sequence + 1, work.now
        work.session.add(row)


def remark_operation(
    work: Work, code: str, marking: Marking, handling: str | None = None, *, version: int | None = None
) -> None:
    """Another marking or handling of an operation; never below one of its actions."""
    kept = check_marking(marking, handling)
    operation = lock_operation(work, code, Verb.REMARK_OPERATION)
    if version not in (None, operation.version):
        now = Marked(operation.marking, operation.handling).words
        raise Stale(f"Operation {operation.name} changed while your page was open; it is marked {now}. Look again.")
    _refuse_below(work, operation, marking)
    operation.marking, operation.handling = marking, kept
    sentence = f"Operation {operation.name} is marked {Marked(marking, kept).words}."
    _changed(work, operation, "remark_operation", sentence)


def _refuse_below(work: Work, operation: Operation, marking: Marking) -> None:
    """Counts what the asker sees; of an action that is closed to a list no more is said than that there is one."""
    above = [item for item in Marking if is_above(item, marking)]
    higher = pick(Action.id).where(col(Action.operation_id) == operation.id, col(Action.marking).in_(above))
    seen = len(work.session.execute(higher.where(col(Action.id).in_(visible_actions(work)))).all())
    if seen or work.session.execute(higher.limit(1)).first():
        how_many = count_words(seen, "action") if seen else "an action that is closed to you"
        raise Refused(
            f"Operation {operation.name} cannot be marked {marking}: {how_many} in it "
            f"{'are' if seen > 1 else 'is'} marked higher. Lower it there first, or leave the operation as high."
        )


def _changed(work: Work, operation: Operation, verb: str, sentence: str, texts: Sequence[str] = ()) -> None:
    operation.version += 1
    work.session.add(operation)
    work.record(verb, sentence, kind="operation", ref=operation.code, texts=list(texts))
