"""Changes of plan: looked at, applied, undone."""

from typing import Any

from planner.services import slip_undo, slips
from planner.services.slip_changes import NewTime
from planner.work import Work
from tests.builders import World
from tests.strangers.scene import Scene
from tests.strangers.verbs import HOUR, LATER, Verb

MARK: dict[str, str] = {}


def _request(reference: Any) -> slips.SlipRequest:
    return slips.SlipRequest((reference,), NewTime(LATER, LATER + HOUR), "slip", {})


def looked_at(world: World, scene: Scene) -> Scene:
    """Silver has looked at what follows."""
    with world.desk("silver").writing(rehearsed=True) as work:
        MARK["seen"] = slips.list_consequences(work, _request(scene["action"])).mark
    return scene


def slipped(world: World, scene: Scene) -> Scene:
    looked_at(world, scene)
    with world.desk("silver").writing() as work:
        return {**scene, "slip": _slip(work, scene["action"]).id or 0}


def _slip(work: Work, reference: Any) -> Any:
    return slips.slip(work, _request(reference), seen=MARK["seen"])


SLIPS = (
    Verb("list_consequences", "silver", "action", lambda w, x: slips.list_consequences(w, _request(x))),
    Verb("slip", "silver", "action", _slip, looked_at),
    Verb("undo_slip", "silver", "slip", lambda w, x: slip_undo.undo_slip(w, x), slipped),
)
