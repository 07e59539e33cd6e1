"""Several actions locked at once by their references, in the one order in which everybody locks them."""

from collections.abc import Collection

from sqlmodel import col, select

from planner.access import Verb, lock_action
from planner.errors import NotFound
from planner.models.operations import Action
from planner.work import Work


def lock_actions(work: Work, references: Collection[str], verb: Verb) -> dict[str, Action]:
    """Each by its reference; one that is missing and one that is hidden answer alike."""
    wanted = set(references)
    ordered = select(Action.reference).where(col(Action.reference).in_(wanted)).order_by(col(Action.id))
    found = list(work.session.exec(ordered))
    missing = sorted(wanted.difference(found))
    if missing:
        raise NotFound(f"There is no action {missing[0]}, or none that you can open.")
    return {reference: lock_action(work, reference, verb) for reference in found}
