"""Lines of a file that change actions: everything that a line says is taken over, and what was asked is asked again."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.inputs.action_rows import ActionRow, DemandRow
from planner.models.operations import Action, DemandLine
from planner.rules.words import Need
from planner.services.action_differences import demand_of, moves, said_of
from planner.services.action_lines import demand_in
from planner.services.actions import check_intelligence
from planner.services.clashes import check_clashes
from planner.services.followers import ask_concerned, asked_on
from planner.services.gate import reconsider
from planner.services.move_limits import Moved
from planner.services.moving import move_all
from planner.work import Work

BECAUSE = "The action was changed by an import."


class LineChange(NamedTuple):
    """An action's own reference, and the line that changes it."""

    reference: str
    row: ActionRow


@dataclass(frozen=True)
class SheetChange:
    """All that one file changes, at once."""

    lines: tuple[LineChange, ...]
    verb = Verb.PLAN
    words = "changed as a file says."


def take_over(work: Work, change: SheetChange, actions: Sequence[Action]) -> None:
    """For locked actions: first what is known of them, then their times; each is checked and judged again."""
    rows = {line.reference: line.row for line in change.lines}
    before, demand = asked_on(work, actions), demand_in(work, [action.id or 0 for action in actions])
    for action in actions:
        _take_over(work, action, rows[action.reference], demand.get(action.id or 0, set()))
    ask_concerned(work, actions, before)
    move_all(
        work,
        [
            Moved(action, row.starts_at, row.ends_at)
            for action in actions
            if moves(action, row := rows[action.reference])
        ],
    )
    check_clashes(work, actions)
    reconsider(work, [action.id or 0 for action in actions], because=BECAUSE)


def _take_over(work: Work, action: Action, row: ActionRow, have: Set[DemandRow]) -> None:
    """Everything but the time."""
    for name, value in said_of(row).items():
        setattr(action, name, value)
    check_intelligence(action.intelligence_system, action.intelligence_reference)
    access.require(work, Verb.PLAN, ref=action.reference, action=action)  # in the region it goes to, too
    action.version, action.changed_at = action.version + 1, work.now
    work.session.add(action)
    work.record_action("import_action", f"{action.reference} was changed by an import.", action)
    wanted = demand_of(row, have)
    if wanted != have:
        write_demand(work, action, wanted)


def write_demand(work: Work, action: Action, wanted: Set[DemandRow]) -> None:
    """These numbers take the place of those without a special need."""
    old = sa.delete(DemandLine).where(col(DemandLine.action_id) == action.id, col(DemandLine.need) == Need.NONE)
    work.session.execute(old)
    work.session.add_all(
        DemandLine(
            action_id=action.id or 0,
            profile=line.profile,
            need=Need.NONE,
            low=line.low,
            likely=line.likely,
            high=line.high,
        )
        for line in sorted(wanted)
    )
    work.session.flush()
