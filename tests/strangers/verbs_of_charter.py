"""The verbs of the partnership charter."""

from typing import Any

from planner.rules.role_words import Workstream
from planner.services import charter, charter_answers
from planner.work import Work
from tests.builders import World
from tests.strangers.scene import Scene
from tests.strangers.verbs import MEMBERS, Verb

PARTS = (
    charter.LineRequest(Workstream.VICTIM_CARE, "health", ("Leads care.",), leads=True),
    charter.LineRequest(Workstream.ENFORCEMENT, "force", ("Leads enforcement.",), leads=True),
)


def _draft(world: World, now: Scene) -> Scene:
    """A draft with a line for a partner and one for the force."""
    with world.desk("cell").writing() as work:
        charter.draft_charter(work, "OP1")
    kept = 0
    for part in PARTS:
        with world.desk("cell").writing() as work:
            kept = charter.keep_line(work, "OP1", part).id or 0
    return {**now, "line": kept}


def _issued(world: World, now: Scene) -> Scene:
    _draft(world, now)
    with world.desk("cell").writing() as work:
        charter.issue_charter(work, "OP1")
    return {**now, "charter": 1}


def _line(work: Work, code: Any) -> object:
    return charter.keep_line(work, code, charter.LineRequest(Workstream.AWARENESS, "ngo", ("Tells people.",)))


CHARTER = (
    Verb("draft_charter", "cell", "operation", lambda w, x: charter.draft_charter(w, x), _issued, knows=MEMBERS),
    Verb("keep_line", "cell", "operation", _line, _draft, knows=MEMBERS),
    Verb("drop_line", "cell", "operation", lambda w, x: charter.drop_line(w, x, 1), _draft, knows=MEMBERS),
    Verb("drop_draft", "cell", "operation", lambda w, x: charter.drop_draft(w, x), _draft, knows=MEMBERS),
    Verb("issue_charter", "cell", "operation", lambda w, x: charter.issue_charter(w, x), _draft, knows=MEMBERS),
    Verb(
        "object_to_charter",
        "health",
        "charter",
        lambda w, x: charter_answers.object_to_charter(w, x, "Nobody is there on Sundays."),
        _issued,
    ),
    Verb("acknowledge_charter", "health", "charter", lambda w, x: charter_answers.acknowledge_charter(w, x), _issued),
)
