"""An earlier action as a template: its kind, premises, languages and demand, at a new time."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from planner.access import Verb, action_id_of
from planner.models.directory import Agency
from planner.models.operations import Action, DemandLine, Operation
from planner.services.actions import PlanRequest, check_times, plan_action
from planner.services.demand import Line, set_demand
from planner.work import Work


@dataclass(frozen=True)
class CopyRequest:
    """A new action like `action`, at another time; a postcode is read for the clash check and not kept."""

    action: str
    starts_at: datetime
    ends_at: datetime
    request_key: str
    postcode: str | None = None

    def __post_init__(self) -> None:
        check_times(self.starts_at, self.ends_at)


def copy_action(work: Work, request: CopyRequest) -> Action:
    """Plan an action like another one.

    Kind, premises, languages and demand are copied. What is true of one action alone is not: intelligence
    reference, legal basis, children, posts, conference, care, arrangements.
    """
    work.attempts(Verb.PLAN.name.lower(), request.action)
    template = work.session.get_one(Action, action_id_of(work, request.action))
    known = work.session.exec(select(Action.id).where(Action.request_key == request.request_key)).first()
    action = plan_action(
        work,
        PlanRequest(
            operation=work.session.get_one(Operation, template.operation_id).code,
            force=work.session.get_one(Agency, template.force_id).code,
            kind=template.kind,
            premises_kind=template.premises_kind,
            starts_at=request.starts_at,
            ends_at=request.ends_at,
            request_key=request.request_key,
            premises_count=template.premises_count,
            exploitation=template.exploitation,
            languages=template.languages,
            region=template.region,
            postcode=request.postcode,
        ),
    )
    if known is None:
        action.marking, action.handling = template.marking, template.handling
        _copy_demand(work, template, action)
    return action


def _copy_demand(work: Work, template: Action, action: Action) -> None:
    rows = work.session.exec(
        select(DemandLine)
        .where(DemandLine.action_id == template.id)
        .order_by(col(DemandLine.profile), col(DemandLine.need))
    ).all()
    if rows or template.zero_demand_reason:
        lines = [Line(row.profile, row.need, row.low, row.likely, row.high) for row in rows]
        set_demand(work, action.reference, lines, zero_reason=template.zero_demand_reason or "")
