"""Who may set a standing group, and the lock under which its meetings are recorded; missing and forbidden are alike."""

from sqlmodel import select

from planner.access import Verb, held_for
from planner.errors import NotFound
from planner.models.conferences import Conference
from planner.models.standing import StandingGroup
from planner.work import Look, Work

NO_GROUP = "There is no such standing group, or none that you can open."


def may_set(look: Look, operation_id: int, region: str | None) -> bool:
    """A cell sets any group of its operation, a regional cell those of its own region."""
    return any(
        held.operation_id in (None, operation_id) and held.region in (None, region)
        for held in held_for(look, Verb.SET_STANDING_GROUP)
    )


def group_named(work: Work, group_id: int) -> StandingGroup:
    """Lock a group that the actor may set."""
    work.attempts(Verb.SET_STANDING_GROUP.name.lower(), f"standing group {group_id}")
    row = work.session.get(StandingGroup, group_id)
    if row is None or not may_set(work, row.operation_id, row.region):
        raise NotFound(NO_GROUP)
    return work.lock(StandingGroup, group_id)


def group_of(look: Look, conference_id: int) -> StandingGroup | None:
    """The group whose meeting a conference is; none for any other."""
    query = select(StandingGroup).join(Conference, Conference.series_id == StandingGroup.series_id)  # type: ignore[arg-type]
    return look.session.exec(query.where(Conference.id == conference_id)).first()
