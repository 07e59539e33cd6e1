"""Coverage force by force: actions to come, how many are ready, who is trained, whether there is a dedicated team."""

from typing import NamedTuple

from sqlmodel import col

from planner import access, facts
from planner.db import pick
from planner.models.directory import Agency, Region
from planner.models.operations import Action, Operation
from planner.views.actions import TO_COME
from planner.views.training import trained_by_force
from planner.work import Look


class ForceCount(NamedTuple):
    """One force; `ready` of the `actions` to come; `trained` recognise a trafficked victim."""

    code: str
    force: str
    region: str
    dedicated_team: bool
    actions: int
    ready: int
    trained: int = 0

    @property
    def has_neither(self) -> bool:
        """Neither a trained officer nor a dedicated team: forces with a team recovered victims, others mostly not."""
        return not (self.trained or self.dedicated_team)


def by_force(look: Look, operation: str = "") -> tuple[ForceCount, ...]:
    """Every force with a visible action to come, by name, of one operation or of all; in a fixed number of queries."""
    to_come = pick(Action.id).where(
        col(Action.id).in_(access.visible_actions(look)),
        col(Action.state).in_(TO_COME),
        col(Action.ends_at) >= look.now,
    )
    if operation:
        to_come = to_come.where(col(Action.operation_id).in_(pick(Operation.id).where(Operation.code == operation)))
    query = (
        pick(Action.id, Agency.code, Agency.id, Agency.name, Region.name, Agency.dedicated_team)
        .join(Agency, col(Agency.id) == col(Action.force_id))
        .outerjoin(Region, col(Region.code) == col(Agency.region))
        .where(col(Action.id).in_(to_come))
    )
    rows = look.session.execute(query).all()
    gates, trained = facts.gates(look, to_come), trained_by_force(look)
    found: dict[str, ForceCount] = {}
    for action_id, code, *about in rows:
        number, name, region, team = about
        so_far = found.get(code) or ForceCount(code, name, region or "–", team, 0, 0, trained.get(number, 0))
        ready = so_far.ready + gates[action_id].ready
        found[code] = so_far._replace(actions=so_far.actions + 1, ready=ready)
    return tuple(sorted(found.values(), key=lambda item: item.force))
