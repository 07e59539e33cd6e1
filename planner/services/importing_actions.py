"""Actions from a spreadsheet: all or nothing, and a second import of the same file changes nothing.

What a file changes is a change of plan like any other: what follows from it can be listed before, by doing it in a
transaction that is rolled back, and is kept with it.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sqlmodel import col, select

from planner.access import Verb
from planner.errors import PlannerError, Stale
from planner.inputs.action_rows import ActionRow
from planner.inputs.readings import Reading, RowFinding, finding_at
from planner.models.care import Hold, Provider
from planner.rules.consequences import Consequence
from planner.rules.counts import count_words
from planner.services.action_lines import TITLE, Lines, judged_actions, lines_of
from planner.services.actions import PlanRequest, lock_numbers, lock_open_actions, plan_action, stand_down
from planner.services.care_claims import LIVE
from planner.services.importing import Counted, Fate, may_preview_actions, must_stand
from planner.services.line_changes import LineChange, SheetChange, write_demand
from planner.services.markings import carry_to_conferences
from planner.services.slips import Listed, SlipRequest, carry_out_and_keep, digest
from planner.services.telling import told_once
from planner.services.texts import needed_text
from planner.work import Look, Work

STOOD_DOWN = "It is stood down: its calendar entry is cancelled, its posts and places are given back."
NONE_FOLLOW = Listed((), 0, 0, "")
AND = "+"


class Removal(NamedTuple):
    """Actions that stand in no line any more and are stood down for that, and why; most files have none."""

    references: tuple[str, ...] = ()
    why: str = ""


def fates_of_actions(look: Look, operation_code: str, rows: Sequence[ActionRow]) -> tuple[Fate, ...]:
    """What an import would make of each line, without writing."""
    may_preview_actions(look)
    lines = lines_of(look, operation_code, rows)
    return tuple(lines.fate(row) for row in rows)


def list_import(work: Work, operation_code: str, reading: Reading[ActionRow], removal: Removal | None = None) -> Listed:
    """What follows from an import: for a transaction that is rolled back (`desk.writing(rehearsed=True)`)."""
    return import_and_list(work, operation_code, reading, removal or Removal())[1]


def import_actions(
    work: Work,
    operation_code: str,
    reading: Reading[ActionRow],
    removal: Removal | None = None,
    *,
    seen: str | None = None,
) -> Counted:
    """Write every row or none; each row needs the right to plan for its force.

    `seen` is the mark of what somebody looked at, of the list that followed or of what differs alone; another one is
    refused. Without it whatever follows does.
    """
    done, listed = import_and_list(work, operation_code, reading, removal or Removal())
    if seen is not None and seen not in (listed.mark, listed.mark.split(AND)[0]):
        raise Stale("What follows from this file is no longer what you looked at. Look at the list again.")
    return done


def mark_of(lines: Lines, rows: Sequence[ActionRow], removal: Removal) -> str:
    """The mark of what a file would do by itself: each new line, each cell with what stood there, what is stood down.

    The mark of a list begins with it, so that nothing but what was looked at is written.
    """
    new = [row for row in rows if row.line not in lines.action]
    return digest((new, [lines.differences(row) for row in rows], removal))


def refused_lines(work: Work, operation_code: str, reading: Reading[ActionRow]) -> tuple[RowFinding, ...]:
    """Lines that the plan or a verb refuses, each tried by itself: for a transaction that is rolled back."""
    judged = judged_actions(work, operation_code, reading)
    lines = lines_of(work, operation_code, judged.rows)
    differing = [row for row in judged.rows if lines.fate(row) is not Fate.UNCHANGED]
    tries = [(row.line, _alone(operation_code, lines, row)) for row in differing]
    found = [
        finding_at(line, TITLE["reference"], why, "Change the line, or take it out.")
        for line, verb in tries
        if (why := _refusal(work, verb))
    ]
    return tuple(sorted((*judged.findings, *found), key=lambda finding: finding.line))


def _alone(operation_code: str, lines: Lines, row: ActionRow) -> Callable[[Work], object]:
    action = lines.action.get(row.line)
    if action is None:
        return lambda tried: _create(tried, operation_code, row)
    change = LineChange(action.reference, row)
    return lambda tried: _change(tried, [change])


def _refusal(work: Work, verb: Callable[[Work], object]) -> str:
    """What a verb refuses, or nothing; rolled back, a try gives its locks back, so each is a work of its own."""
    nested = work.session.begin_nested()
    tried = Work(work.session, work.actor, work.now)
    try:
        verb(tried)
        tried.session.flush()
    except PlannerError as refused:
        return str(refused)
    finally:
        nested.rollback()
        work.session.expire_all()
    return ""


def import_and_list(
    work: Work, operation_code: str, reading: Reading[ActionRow], removal: Removal
) -> tuple[Counted, Listed]:
    """Write every row or none, and say what followed."""
    _judge(work, operation_code, reading)
    lines, changed = _locked(work, operation_code, reading, removal)
    meant = mark_of(lines, reading.rows, removal)
    remarked = [lines.action[row.line].id or 0 for row in changed if "Marking" in _titles(lines, row)]
    listed = _change(work, [LineChange(lines.action[row.line].reference, row) for row in changed])
    created = [row for row in reading.rows if row.line not in lines.action]
    for row in created:
        _create(work, operation_code, row)
    gone = list(_stand_down(work, removal))
    carry_to_conferences(work, remarked)
    people, agencies = told_once(work)
    done = Counted(len(created), len(changed), len(reading.rows) - len(created) - len(changed))
    _record(work, operation_code, done, removal, len(reading.rows))
    every = (*listed.consequences, *gone)
    return done, Listed(every, people, agencies, f"{meant}{AND}{digest((every, people, agencies))}")


def _judge(work: Work, operation_code: str, reading: Reading[ActionRow]) -> None:
    work.attempts(Verb.PLAN.name.lower(), operation_code)
    must_stand(judged_actions(work, operation_code, reading))


def _locked(
    work: Work, operation_code: str, reading: Reading[ActionRow], removal: Removal
) -> tuple[Lines, list[ActionRow]]:
    """The lines as they are now that nobody else changes them, and those that change an action.

    They are judged again: while this waited for the locks, somebody else may have changed the same actions, or planned
    what is new here; that stands in no order of locks any more, and is for another look.
    """
    lines = lines_of(work, operation_code, reading.rows)
    changed = [row for row in reading.rows if lines.fate(row) is Fate.CHANGED]
    new = [row for row in reading.rows if lines.fate(row) is Fate.NEW]
    _lock(work, [*(lines.action[row.line].reference for row in changed), *removal.references])
    if new:
        lock_numbers(work)
    if changed or new:
        _judge(work, operation_code, reading)
        lines = lines_of(work, operation_code, reading.rows)
    if other := next((row for row in new if lines.fate(row) is Fate.CHANGED), None):
        called = lines.action[other.line].reference
        raise Stale(f"{other.external_reference} was planned by somebody else just now, as {called}. Look again.")
    return lines, [row for row in changed if lines.fate(row) is Fate.CHANGED]


def _lock(work: Work, references: Sequence[str]) -> None:
    """All of it at once, in the order in which everybody locks: actions, then whoever holds places for them."""
    ids = [action.id for action in lock_open_actions(work, dict.fromkeys(references), Verb.PLAN)]
    live = select(Hold.provider_id).where(col(Hold.action_id).in_(ids), col(Hold.state).in_(LIVE))
    work.lock_all(Provider, sorted(set(work.session.exec(live))))


def _titles(lines: Lines, row: ActionRow) -> set[str]:
    return {item.what for item in lines.differences(row)}


def _record(work: Work, operation_code: str, done: Counted, removal: Removal, rows: int) -> None:
    sentence = f"An import made {count_words(done.created, 'action')} and changed {done.changed}."
    if removal.references:
        sentence += f" {len(removal.references)} stood in no line any more and {_be(removal)} stood down."
    work.record("import_actions", sentence, kind="operation", ref=operation_code, rows=rows)


def _be(removal: Removal) -> str:
    return "was" if len(removal.references) == 1 else "were"


def _change(work: Work, changes: Sequence[LineChange]) -> Listed:
    """The file is the plan's source: time, kind, premises and demand follow it, and so do partners and the gate."""
    if not changes:
        return NONE_FOLLOW
    references = tuple(change.reference for change in changes)
    request = SlipRequest(references, SheetChange(tuple(changes)), f"import:{uuid.uuid4()}", {})
    return carry_out_and_keep(work, request)[1]


def _stand_down(work: Work, removal: Removal) -> Iterator[Consequence]:
    if not removal.references:
        return
    why = needed_text(removal.why, "The reason for standing down")
    for reference in sorted(removal.references):
        stand_down(work, reference, why)
        yield Consequence(reference, STOOD_DOWN)


def _create(work: Work, operation_code: str, row: ActionRow) -> None:
    known = hashlib.sha256(f"{operation_code}/{row.external_reference}".encode()).hexdigest()
    request = PlanRequest(
        operation=operation_code,
        force=row.force_code,
        kind=row.kind,
        premises_kind=row.premises_kind,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        request_key=f"import:{known}",
        premises_count=row.premises_count,
        exploitation=row.exploitation,
        languages=", ".join(row.languages),
        intelligence_system=row.intelligence_system,
        intelligence_reference=row.intelligence_reference,
        region=row.region_code,
        external_reference=row.external_reference,
    )
    action = plan_action(work, request)
    action.marking = row.marking
    work.session.add(action)
    write_demand(work, action, set(row.demand))
