"""How a verb of the services is tried: whose it is, what it is about, how it is called."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from planner.rules.words import Need, Profile
from planner.work import Work
from tests.builders import DAWN, NOW, World
from tests.strangers.scene import Scene

HOUR = timedelta(hours=1)
LATER = DAWN + timedelta(days=1)
ONE_WOMAN = ((Profile.WOMAN, Need.NONE, 1),)
# Each holds a post in the operation, so that they may know that there is one.
MEMBERS = frozenset({"partner", "provider", "other_silver", "other_provider"})


def as_it_is(_: World, now: Scene) -> Scene:
    return now


@dataclass(frozen=True)
class Verb:
    """`about` names a thing of the scene; `knows`: outsiders who may know whether it exists."""

    name: str
    owner: str
    about: str
    call: Callable[[Work, Any], object]
    before: Callable[[World, Scene], Scene] = as_it_is
    at: datetime = NOW
    knows: frozenset[str] = frozenset()
