"""Strategy discussions about an action, as its planners see them: when, by whom, whether held."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.directory import Agency
from planner.models.minutes import StrategyDiscussion
from planner.models.operations import Action
from planner.services.strategy import CONVENES
from planner.views.people import AgencyChoice
from planner.work import Look


class DiscussionRow(NamedTuple):
    id: int
    agency: str
    starts_at: datetime
    held_at: datetime | None


def discussions(look: Look, reference: str) -> tuple[DiscussionRow, ...]:
    """Of one visible action, the first first."""
    d = StrategyDiscussion
    query = (
        pick(d.id, Agency.name, d.starts_at, d.held_at)
        .join(Agency, col(Agency.id) == col(d.agency_id))
        .join(Action, col(Action.id) == col(d.action_id))
        .where(Action.reference == reference, col(Action.id).in_(access.visible_actions(look)))
        .order_by(d.starts_at, d.id)
    )
    return tuple(DiscussionRow._make(row) for row in look.session.execute(query))


def who_convenes(agencies: tuple[AgencyChoice, ...]) -> dict[str, str]:
    """Those near an action that may convene one, children's services first."""
    able = [item for item in agencies if item.kind in CONVENES]
    return {
        item.code: item.name for item in sorted(able, key=lambda item: (item.kind != "childrens_service", item.name))
    }
