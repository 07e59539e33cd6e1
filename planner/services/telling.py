"""One message each: what one change says to the same reader is put together before it is left for them."""

from typing import Any

from sqlmodel import col, select

from planner.models.operations import Action
from planner.work import Work

SEVERAL = "Several things that you answered for changed. Please look at them again."


def told_once(work: Work) -> tuple[int, int]:
    """Put together what this transaction tells each person and agency; returns how many of each are told.

    What is said of an action with a list of its own stays apart, so that it can be kept from who is not on the list.
    """
    closed = _closed(work, {row["action_id"] for row in work.told if row["action_id"] is not None})
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in work.told:
        apart = row["action_id"] if row["action_id"] in closed else None
        key = (row["person_id"], row["agency_id"], apart)
        if key in found:
            _join(found[key], row)
        else:
            found[key] = dict(row)
    work.told[:] = found.values()
    people = {row["person_id"] for row in work.told if row["person_id"] is not None}
    return len(people), len({row["agency_id"] for row in work.told if row["agency_id"] is not None})


def _join(kept: dict[str, Any], row: dict[str, Any]) -> None:
    if row["sentence"] not in kept["sentence"].split("\n"):
        kept["sentence"] += f"\n{row['sentence']}"
    if row["action_id"] != kept["action_id"]:
        kept["action_id"] = None
    if row["outside"] != kept["outside"]:
        kept["outside"] = SEVERAL
    if row["path"] != kept["path"]:
        kept["path"] = None


def _closed(work: Work, actions: set[int]) -> frozenset[int]:
    if not actions:
        return frozenset()
    listed = select(Action.id).where(col(Action.id).in_(actions), col(Action.compartment))
    return frozenset(number for number in work.session.exec(listed) if number is not None)
