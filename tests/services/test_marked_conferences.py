"""A conference is marked as high as its actions when it is convened, follows them up, and is never marked below one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, Refused, Stale
from planner.models.conferences import Conference
from planner.models.operations import Action
from planner.models.records import RecordLine
from planner.rules.markings import Marked
from planner.rules.words import Decision, Marking
from planner.services import attendance, conferences, decisions
from planner.services.conferences import ConveneRequest
from planner.services.details import set_details
from planner.views.conferences import conferences as rows
from tests.builders import NOW, World, a_world, an_action
from tests.services.test_conferences import came
from tests.services.test_details import KNOWN
from tests.services.test_importing_actions import ROW, imported

LOW, HIGH = Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE


@pytest.fixture
def world(database: Database) -> World:
    """Two actions, the second one below the first."""
    world = a_world(database)
    an_action(world, marking=HIGH, handling="PERSONAL DATA")
    an_action(world, "WM-0002", marking=LOW, handling="RECIPIENTS ONLY")
    return world


def held(world: World, *references: str) -> int:
    with world.desk("silver").writing() as work:
        request = ConveneRequest(references, NOW, NOW + timedelta(hours=1), ("force", "ngo", "health"), "k1")
        conference = conferences.convene(work, request).id or 0
    with world.desk("silver").writing() as work:
        attendance.record_attendance(work, conference, [came("force"), came("ngo", advocate=True), came("health")])
    return conference


def decide(world: World, conference: int, reference: str, marked: Marked | None, version: int | None = None) -> None:
    with world.desk("silver").writing() as work:
        decisions.decide(
            work, conference, reference, Decision.PROCEED, reasons="Care is there.", marked=marked, version=version
        )


def marked(world: World, reference: str = "WM-0002") -> Marked:
    """As whoever sees the minutes is told."""
    with world.desk("silver").reading() as look:
        return rows(look, reference)[0].marked


def test_a_conference_begins_as_high_as_its_actions_with_their_handling(world: World) -> None:
    held(world, "WM-0001", "WM-0002")

    assert marked(world).words == "OFFICIAL-SENSITIVE - RECIPIENTS ONLY - PERSONAL DATA"


def test_the_minutes_are_marked_with_the_decision_and_the_record_says_so(world: World) -> None:
    conference = held(world, "WM-0002")

    decide(world, conference, "WM-0002", Marked(HIGH, "legal - recipients only"))

    assert marked(world).words == "OFFICIAL-SENSITIVE - RECIPIENTS ONLY - LEGAL"
    with world.desk("cell").reading() as look:
        said = look.session.exec(select(RecordLine.sentence).where(col(RecordLine.verb) == "mark_conference")).all()
    assert said == ["The conference on Tue 24 November, 09:00 is marked OFFICIAL-SENSITIVE - RECIPIENTS ONLY - LEGAL."]


def test_a_conference_is_not_marked_below_one_of_its_actions(world: World) -> None:
    conference = held(world, "WM-0001", "WM-0002")

    with pytest.raises(Refused) as refused:
        decide(world, conference, "WM-0002", Marked(LOW))

    assert str(refused.value) == (
        "The conference cannot be marked OFFICIAL: WM-0001 is marked OFFICIAL-SENSITIVE. "
        "Mark it OFFICIAL-SENSITIVE, or lower the action's marking first."
    )
    with world.desk("silver").reading() as look:
        assert rows(look, "WM-0002")[0].decision is None
    decide(world, conference, "WM-0002", Marked(HIGH))
    assert marked(world) == Marked(HIGH)


def test_another_marking_needs_the_version_that_was_looked_at_and_the_same_one_does_not(world: World) -> None:
    conference = held(world, "WM-0002")

    with pytest.raises(Stale):
        decide(world, conference, "WM-0002", Marked(HIGH), version=1)
    decide(world, conference, "WM-0002", Marked(LOW, "RECIPIENTS ONLY"), version=1)
    decide(world, conference, "WM-0002", Marked(HIGH), version=2)

    assert marked(world) == Marked(HIGH)


def test_above_the_ceiling_no_conference_is_marked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    conference = held(world, "WM-0002")
    monkeypatch.setenv("PLANNER_CEILING", "OFFICIAL")

    with pytest.raises(InputError, match="above OFFICIAL"):
        decide(world, conference, "WM-0002", Marked(HIGH))
    decide(world, conference, "WM-0002", Marked(LOW, "LEGAL"))

    assert marked(world) == Marked(LOW, "LEGAL")


def test_an_action_that_is_marked_higher_takes_its_conferences_along(world: World) -> None:
    held(world, "WM-0002")

    with world.desk("silver").writing() as work:
        set_details(work, "WM-0002", replace(KNOWN, marking=HIGH, handling="EMBARGOED"))

    assert marked(world).words == "OFFICIAL-SENSITIVE - RECIPIENTS ONLY - EMBARGOED"


def test_an_action_that_is_marked_lower_leaves_what_was_said_as_it_was_marked(world: World) -> None:
    held(world, "WM-0001", "WM-0002")

    with world.desk("silver").writing() as work:
        set_details(work, "WM-0001", replace(KNOWN, marking=LOW))

    assert marked(world).marking is HIGH


def test_a_file_that_marks_an_action_higher_takes_its_conferences_along(database: Database) -> None:
    world = a_world(database)
    imported(world, replace(ROW, marking=LOW))
    with world.desk("cell").reading() as look:
        reference = look.session.exec(select(Action.reference)).one()
    held(world, reference)
    assert marked(world, reference) == Marked(LOW)

    imported(world, replace(ROW, marking=HIGH))

    assert marked(world, reference) == Marked(HIGH)


def test_a_conference_of_two_actions_of_one_file_is_raised_once(database: Database) -> None:
    world = a_world(database)
    two = (replace(ROW, marking=LOW), replace(ROW, line=3, external_reference="R2", marking=LOW))
    imported(world, *two)
    with world.desk("cell").reading() as look:
        references = look.session.exec(select(Action.reference).order_by(col(Action.id))).all()
    held(world, *references)
    with world.database.read() as session:
        before = session.exec(select(Conference.version)).one()

    imported(world, *(replace(row, marking=HIGH) for row in two))

    with world.database.read() as session:
        kept = session.exec(select(Conference)).one()
    assert (kept.marking, kept.version) == (HIGH, before + 1)
