"""Where each check of the gate is mended: the tab of the action's page, and the verb that a reader is offered."""

from typing import NamedTuple


class Remedy(NamedTuple):
    tab: str
    verb: str


REMEDIES: dict[str, Remedy] = {
    "legal_basis": Remedy("Plan", "Record the power"),
    "clashes": Remedy("Plan", "Clear the clash"),
    "child_pathway": Remedy("Plan", "Say what is known"),
    "conference": Remedy("Conference", "See the conference"),
    "roles": Remedy("Roles", "Fill the posts"),
    "care": Remedy("Care", "Find places"),
    "region_informed": Remedy("Arrangements", "Tell the cell"),
    "interpreters": Remedy("Arrangements", "Arrange it"),
    "medical": Remedy("Arrangements", "Arrange it"),
    "reception": Remedy("Arrangements", "Arrange it"),
    "transport": Remedy("Arrangements", "Arrange it"),
    "parameters": Remedy("Move and begin", "Move it"),
    "holds_outlast": Remedy("Arrangements", "Extend it"),
}
NO_REMEDY = Remedy("Gate", "Look at it")
