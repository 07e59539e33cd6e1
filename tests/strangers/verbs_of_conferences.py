"""The verbs of a conference that meets: its agenda, who came, what is minuted, who dissents."""

from typing import Any

from sqlmodel import col, select

from planner.models.minutes import MinutesCopy
from planner.rules.words import AttendanceState
from planner.services import (
    attendance,
    conference_templates,
    decisions,
    minutes,
    minutes_issue,
    reviews,
    strategy,
    undertakings,
)
from planner.work import Work
from tests.builders import NOW, World
from tests.strangers import scene
from tests.strangers.scene import REFERENCE, Scene
from tests.strangers.verbs import HOUR, Verb

LATER = NOW + 4 * HOUR


def _opened(world: World, now: Scene) -> Scene:
    """The conference at which everybody was there goes through its agenda."""
    with world.desk("cell").writing() as work:
        minutes.open_agenda(work, int(str(now["sitting"])), held_now=True)
    return now


def _issued(world: World, now: Scene) -> Scene:
    """Its minutes are out; one of its copies is health's."""
    _opened(world, now)
    with world.desk("cell").writing() as work:
        minutes_issue.issue_minutes(work, int(str(now["sitting"])))
    with world.desk("health").reading() as look:
        own = select(MinutesCopy.id).where(col(MinutesCopy.agency_id) == look.actor.agency_id)
        return {**now, "copy": look.session.exec(own).one() or 0}


def _take(work: Work, number: Any) -> object:
    return attendance.take_seat(work, number, attendance.Seat("force", AttendanceState.ATTENDED, True, False, True))


def _line(work: Work, number: Any) -> object:
    return minutes.type_line(work, minutes.LineRequest(number, 1, "Two places are confirmed.", "new-line"))


def _template(work: Work, code: Any) -> object:
    return conference_templates.set_template(work, code, "Care\nRoles", "Nothing leaves this room.", version=0)


def _review(work: Work, number: Any) -> object:
    return reviews.convene_review(work, number, NOW + 6 * HOUR, NOW + 7 * HOUR, "new-review")


def _note(work: Work, reference: Any) -> object:
    return strategy.note_discussion(work, strategy.DiscussionRequest(reference, "children", NOW + HOUR, "new-slot"))


def _noted(world: World, now: Scene) -> Scene:
    """A discussion about a child that is over by the time it is noted as held."""
    with world.desk("silver").writing() as work:
        request = strategy.DiscussionRequest(REFERENCE, "children", NOW + HOUR, "slot")
        number = strategy.note_discussion(work, request).id or 0
    return {**now, "discussion": number}


CONFERENCES = (
    Verb("convene_review", "cell", "sitting", _review),
    Verb("note_discussion", "silver", "action", _note),
    Verb("hold_discussion", "silver", "discussion", lambda w, x: strategy.hold_discussion(w, x), _noted, at=LATER),
    Verb("take_seat", "cell", "conference", _take, at=LATER),
    Verb("open_agenda", "cell", "sitting", lambda w, x: minutes.open_agenda(w, x, held_now=True)),
    Verb("type_line", "cell", "sitting", _line, _opened),
    Verb("dissent", "cell", "sitting", lambda w, x: decisions.dissent(w, x, REFERENCE, "ngo", "We would wait.")),
    Verb("issue_minutes", "cell", "sitting", lambda w, x: minutes_issue.issue_minutes(w, x), _opened),
    Verb("receive_minutes", "health", "copy", lambda w, x: minutes_issue.receive_minutes(w, x), _issued),
    Verb("chase_undertaking", "cell", "undertaking", lambda w, x: undertakings.chase_undertaking(w, x)),
    Verb("set_template", "cell", "operation", _template),
    Verb(
        "accept_confidentiality",
        "health",
        "invitation",
        lambda w, x: minutes.accept_confidentiality(w, x),
        scene.invited,
    ),
)
