"""Training: courses by skill, counts by force, dedicated teams; a trained officer recognises victims, and no less."""

from datetime import date

import pytest

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.directory import Training, TrainingCount
from planner.rules.training_words import Skill
from planner.rules.words import OfferState
from planner.services.answers import answer_offer
from planner.services.training import add_training, set_dedicated_team, set_training_count
from planner.views.coverage import by_force
from planner.views.training import trained, trained_by_force, trained_officers, training_counts
from tests import ready
from tests.builders import World, a_world, an_action
from tests.partners import an_offer, offer_now

OFFICER = "Officer, West Midlands"
PARTNER = "Partner, West Midlands"


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def count(world: World, number: int, *, force: str = "other_force", as_of: date = date(2026, 11, 1)) -> None:
    with world.desk("cell").writing() as work:
        set_training_count(work, force, Skill.RECOGNISING, number, as_of=as_of, source="The force's return")


def test_a_course_is_kept_by_skill_until_its_last_day(world: World) -> None:
    with world.desk("cell").writing() as work:
        add_training(work, PARTNER, "Interviewing", date(2026, 9, 1), date(2027, 9, 1), skill=Skill.INTERVIEWING)
        add_training(work, PARTNER, "Interviewing again", date(2026, 10, 1), skill=Skill.INTERVIEWING)

    with world.desk("cell").reading() as look:
        kept = {(row.title, row.skill): row.until for row in trained(look)}
    assert kept == {(OFFICER, Skill.RECOGNISING): None, (PARTNER, Skill.INTERVIEWING): None}
    with world.desk("silver").reading() as look:
        assert (trained(look), training_counts(look)) == ((), ())


@pytest.mark.parametrize(
    ("title", "completed", "until", "error", "sentence"),
    [
        (PARTNER, date(2026, 12, 1), None, InputError, "still to come"),
        (PARTNER, date(2026, 9, 1), date(2026, 8, 1), InputError, "stops counting before"),
        ("Nobody", date(2026, 9, 1), None, NotFound, "nobody called"),
    ],
)
def test_a_course_that_cannot_be_is_refused(
    world: World, title: str, completed: date, until: date | None, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence), world.desk("cell").writing() as work:
        add_training(work, title, "A course", completed, until)


def test_a_trained_officer_must_recognise_victims_whatever_else_they_learnt(world: World) -> None:
    an_action(world)
    with world.desk("cell").writing() as work:
        add_training(work, "Stranger, West Midlands", "Interpreters", date(2026, 9, 1), skill=Skill.INTERPRETERS)
    with world.desk("cell").reading() as look:
        assert trained_by_force(look) == {world.force: 1}

    count(world, 0)
    with world.desk("cell").reading() as look:
        assert trained_by_force(look) == {world.force: 1, world.force + 1: 0}


def test_a_lead_with_another_skill_cannot_take_the_trained_officers_post(world: World) -> None:
    an_action(world)
    with world.database.write() as session:
        session.get_one(Training, 1).skill = Skill.INTERVIEWING
    offer = an_offer(world, role="trained_officer", agency="force")

    with pytest.raises(Refused, match="current course"), world.desk("officer").writing() as work:
        answer_offer(work, offer, accept=True)
    with world.desk("cell").writing() as work:
        add_training(work, OFFICER, "Recognising a victim", date(2026, 9, 1))
    with world.desk("officer").writing() as work:
        answer_offer(work, offer, accept=True)

    assert offer_now(world, offer).state is OfferState.ACCEPTED


def test_the_trained_officer_of_an_action_is_named_by_post(world: World) -> None:
    ready.plan(world)
    with world.desk("silver").reading() as look:
        before = trained_officers(look, "WM-0001")

    ready.fill_posts(world)

    with world.desk("silver").reading() as look:
        assert (before, trained_officers(look, "WM-0001")) == ((), (OFFICER,))
    with pytest.raises(NotFound), world.desk("other_silver").reading() as look:
        trained_officers(look, "WM-0001")


def test_a_forces_count_takes_the_place_of_its_last_one_and_never_of_a_newer_one(world: World) -> None:
    count(world, 5)
    count(world, 7, as_of=date(2026, 11, 10))

    with pytest.raises(Refused, match="something newer: 7 as of Tue 10 November 2026"):
        count(world, 9, as_of=date(2026, 11, 9))
    with world.desk("cell").reading() as look:
        assert [(row.number, row.as_of) for row in training_counts(look)] == [(7, date(2026, 11, 10))]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": -1}, "cannot be how many"),
        ({"number": 1, "force": "ngo"}, "is no police force"),
        ({"number": 1, "as_of": date(2026, 12, 1)}, "still to come"),
    ],
)
def test_a_count_that_cannot_be_is_refused(world: World, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        count(world, **changes)  # type: ignore[arg-type]

    with world.database.read() as session:
        assert session.get(TrainingCount, 1) is None


def test_a_force_with_neither_shows_until_it_has_one(world: World) -> None:
    an_action(world)
    an_action(world, "WM-0002", force_id=world.force + 1)

    def lacking() -> list[str]:
        with world.desk("cell").reading() as look:
            return [row.code for row in by_force(look) if row.has_neither]

    neither = lacking()
    with world.desk("cell").writing() as work:
        set_dedicated_team(work, "other_force", has=True)
    with_team = lacking()
    with world.desk("cell").writing() as work:
        set_dedicated_team(work, "other_force", has=False)
    count(world, 3)

    assert (neither, with_team, lacking()) == (["other_force"], [], [])


@pytest.mark.parametrize("who", ["silver", "partner", "stranger"])
def test_only_the_cell_keeps_the_register(world: World, who: str) -> None:
    with pytest.raises(NotAllowed), world.desk(who).writing() as work:
        set_dedicated_team(work, "force", has=True)
    with pytest.raises(NotAllowed), world.desk(who).writing() as work:
        set_training_count(work, "force", Skill.RECOGNISING, 3, as_of=date(2026, 11, 1), source="A return")
