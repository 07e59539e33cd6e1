"""Four eyes: what one person asks for another gives, even where one person holds both posts."""

from planner.errors import NotAllowed
from planner.work import Work


def by_another(work: Work, asked_by: int | None, what: str) -> None:
    """NotAllowed where the actor is who asked; `what` names it: the go-ahead for WM-0001."""
    if asked_by is not None and asked_by == work.actor.person_id:
        raise NotAllowed(f"You requested {what}: another commander must give it.")
