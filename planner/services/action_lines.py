"""Which action each line of a file is, and what speaks against a line: every such line is named before any is written.

A line that was exported names its action by the product's own reference, and bears the version that it was made from;
any other is known by the reference of whoever wrote the file.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from planner import access
from planner.access import Verb
from planner.inputs.action_columns import ACTIONS
from planner.inputs.action_rows import ActionRow, DemandRow
from planner.inputs.readings import Reading, RowFinding, finding_at
from planner.models.directory import Agency
from planner.models.operations import Action, DemandLine, Operation, StrikeDay
from planner.named import operation_id_of
from planner.rules.access import posts_words
from planner.rules.strike_words import strike_day_words
from planner.rules.windows import local
from planner.rules.words import Need
from planner.services.action_differences import Demand, differences, moves
from planner.services.actions import OVER
from planner.services.differences import MAY_HAVE, TAKE_OUT, Difference, changed_since
from planner.services.importing import Fate, may_preview_actions, with_findings
from planner.work import Look

TITLE = {column.name: column.title for column in ACTIONS.columns}


@dataclass(frozen=True)
class Lines:
    """A file's lines beside the actions of its operation: `action` by line, where there is one that may be seen."""

    operation: Operation
    action: Mapping[int, Action]
    demand: Demand
    taken: frozenset[int]
    named: Mapping[int, str]

    def differences(self, row: ActionRow) -> tuple[Difference, ...]:
        action = self.action.get(row.line)
        return () if action is None else differences(action, row, self.demand)

    def fate(self, row: ActionRow) -> Fate:
        if row.line not in self.action:
            return Fate.NEW
        return Fate.CHANGED if self.differences(row) else Fate.UNCHANGED


def lines_of(look: Look, operation_code: str, rows: Sequence[ActionRow]) -> Lines:
    """Four queries, whatever the number of lines; `taken` are references of actions that the reader may not see.

    Two references that differ in case alone are one. `named` are lines that call what they bring by the planner's own
    reference of an action that stands here.
    """
    operation = look.session.get_one(Operation, operation_id_of(look, operation_code))
    visible = set(look.session.exec(access.visible_actions(look)))
    known = look.session.exec(select(Action).where(Action.operation_id == operation.id)).all()
    own = {action.reference.casefold(): action for action in known if action.id in visible}
    brought = _brought(known)
    found: dict[int, Action] = {}
    taken: set[int] = set()
    named: dict[int, str] = {}
    for row in rows:
        called = row.external_reference
        by_case = brought.get(called) or brought.get(called.casefold())
        action = own.get(row.planner_reference.casefold()) if row.planner_reference else by_case
        if action is not None and action.id in visible:
            found[row.line] = action
        elif action is not None:
            taken.add(row.line)
        elif not row.planner_reference and called.casefold() in own:
            named[row.line] = own[called.casefold()].reference
    demand = demand_in(look, [action.id or 0 for action in found.values()])
    return Lines(operation, found, demand, frozenset(taken), named)


def _brought(known: Iterable[Action]) -> dict[str, Action]:
    """By the reference of who wrote the file, in any case; what was planned twice before that also as it is spelt."""
    named = [(action.external_reference, action) for action in known if action.external_reference]
    return {name.casefold(): action for name, action in named} | dict(named)


def demand_in(look: Look, wanted: Sequence[int]) -> Demand:
    """What is recorded of each action: profile, low, likely and high, where no special need is named."""
    found: defaultdict[int, set[DemandRow]] = defaultdict(set)
    for line in look.session.exec(select(DemandLine).where(col(DemandLine.action_id).in_(wanted))):
        if line.need is Need.NONE:
            found[line.action_id].add(DemandRow(line.profile, line.low, line.likely, line.high))
    return found


def judged_actions(look: Look, operation_code: str, reading: Reading[ActionRow]) -> Reading[ActionRow]:
    """The reading, and what the plan refuses of it."""
    may_preview_actions(look)
    lines = lines_of(look, operation_code, reading.rows)
    codes = {row.id: row.code for row in look.session.exec(select(Agency))}
    seen: dict[int, int] = {}
    found = [item for row in reading.rows for item in _refused(look, lines, row, codes, seen)]
    for row in reading.rows:
        found += _version(lines, row, came_back=reading.came_back)
    return with_findings(reading, found, lambda row: row.line)


def _refused(
    look: Look, lines: Lines, row: ActionRow, codes: Mapping[int | None, str], seen: dict[int, int]
) -> Iterator[RowFinding]:
    action = lines.action.get(row.line)
    if action is None:
        yield from _without(lines, row)
        return
    first = seen.setdefault(action.id or 0, row.line)
    if first != row.line:
        why = f"line {first} is {action.reference} already."
        yield finding_at(row.line, TITLE["reference"], why, "Keep one of the two lines.")
        return
    yield from _fixed(row, action, codes)
    if lines.differences(row):
        yield from _closed(look, row, action)


def _without(lines: Lines, row: ActionRow) -> Iterator[RowFinding]:
    if row.line in lines.taken:
        why = f"the reference {row.external_reference} is taken."
        yield finding_at(row.line, TITLE["reference"], why, "Give the action another.")
    elif row.line in lines.named:
        why = f"{lines.named[row.line]} stands here already, and the line does not say that it is meant."
        remedy = f"Write {lines.named[row.line]} under {TITLE['planner_reference']} too, or give a new action another."
        yield finding_at(row.line, TITLE["reference"], why, remedy)
    elif row.planner_reference:
        why = f"{lines.operation.name} has no {row.planner_reference}, or none that you can open."
        remedy = f"Choose the operation that the sheet was made from, or t{TAKE_OUT[1:]}."
        yield finding_at(row.line, TITLE["planner_reference"], why, remedy)


def _fixed(row: ActionRow, action: Action, codes: Mapping[int | None, str]) -> Iterator[RowFinding]:
    """What no file changes: whose an action is, and what it is called."""
    force, called = codes[action.force_id], action.external_reference or action.reference
    if force != row.force_code:
        why = f"{action.reference} belongs to another force, {force}; it does not change hands by a file."
        yield finding_at(row.line, TITLE["force"], why, "Put it back, or plan it anew under a reference of its own.")
    if row.exported and row.external_reference.casefold() != called.casefold():
        why = f"{action.reference} is called {called}, which a file does not change."
        yield finding_at(row.line, TITLE["reference"], why, f"Put {called} back.")


def _version(lines: Lines, row: ActionRow, *, came_back: bool) -> Iterator[RowFinding]:
    """A line must be of the plan that it was made from; only of a file made elsewhere nobody asks that."""
    action, found = lines.action.get(row.line), lines.differences(row)
    if action is None or not found or row.version == action.version or not (row.exported or came_back):
        return
    yield changed_since(found, action.version, MAY_HAVE if row.version is None else "was changed")


def _closed(look: Look, row: ActionRow, action: Action) -> Iterator[RowFinding]:
    title, back = TITLE["reference"], f"{TAKE_OUT}, or put back what it said."
    if action.state in OVER:
        state = action.state.replace("_", " ")
        yield finding_at(row.line, title, f"{action.reference} is {state}: it can no longer be changed.", back)
    elif not (look.actor.operator or access.may(look, Verb.PLAN, action=action)):
        who = posts_words(Verb.PLAN)
        yield finding_at(row.line, title, f"you cannot change {action.reference}: that is for {who}.", back)
    strike = look.session.get(StrikeDay, action.strike_day_id) if action.strike_day_id else None
    if strike is not None and moves(action, row) and local(row.starts_at).date() != strike.day:
        day = strike_day_words(strike.name)
        why = f"{action.reference} belongs to {day}, which moves as a whole."
        remedy = f"Move {day} under Actions, or this action on its own page, with a reason."
        yield finding_at(row.line, TITLE["date"], why, remedy)
