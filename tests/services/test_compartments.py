"""An action is closed to a list of people, whatever their posts; nobody locks everybody out."""

import pytest
from sqlmodel import col, select

from planner.access import visible_actions
from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.operations import Action
from planner.models.records import Notice, RecordLine
from planner.services.compartments import close_to, open_again
from planner.views.compartments import Compartment, compartment
from planner.views.today import notices
from tests.builders import World, a_world, an_action

ACTION = "WM-0001"
SILVER = "Silver, West Midlands"
GOLD = "Gold, West Midlands"
WHOLE = ("national", "cell", "care_lead", "gold", "silver")


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world, ACTION)
    return world


def close(world: World, *titles: str, by: str = "gold", version: int | None = None) -> None:
    with world.desk(by).writing() as work:
        close_to(work, ACTION, titles, version=version)


def seers(world: World) -> list[str]:
    found = []
    for name in world.people:
        with world.desk(name).reading() as look:
            query = select(Action.id).where(col(Action.id).in_(visible_actions(look)))
            found += [name] if look.session.exec(query).first() else []
    return found


def shown(world: World, name: str) -> Compartment:
    with world.desk(name).reading() as look:
        return compartment(look, ACTION)


def test_a_closed_action_is_seen_by_its_list_and_by_who_closed_it(world: World) -> None:
    assert seers(world) == list(WHOLE)

    close(world, SILVER)

    assert seers(world) == ["gold", "silver"]
    assert shown(world, "silver") == Compartment(True, (GOLD, SILVER), (), False)
    with world.desk("gold").reading() as look:
        line = look.session.exec(select(RecordLine).where(RecordLine.verb == "close_to")).one()
        told = look.session.exec(select(Notice.person_id, Notice.sentence)).all()
    assert (line.sentence, line.outcome) == ("WM-0001 is closed to all but 2 people.", "done")
    assert told == [(world.people["silver"], "WM-0001 is closed to a list of people, and you are on it.")]


def test_an_empty_list_leaves_who_closed_it(world: World) -> None:
    close(world)

    assert seers(world) == ["gold"]


def test_a_new_list_takes_the_place_of_the_old_one(world: World) -> None:
    close(world, SILVER)

    close(world, "Cell, West Midlands")

    assert seers(world) == ["cell", "gold"]


def test_an_action_is_opened_again_by_somebody_on_its_list(world: World) -> None:
    close(world, "Cell, West Midlands")

    with world.desk("cell").writing() as work:
        open_again(work, ACTION)

    assert seers(world) == list(WHOLE)
    with pytest.raises(Refused, match="is not closed to a list"), world.desk("cell").writing() as work:
        open_again(work, ACTION)


@pytest.mark.parametrize("name", ["silver", "national", "care_lead"])
def test_another_post_that_sees_the_action_closes_and_opens_nothing(world: World, name: str) -> None:
    with pytest.raises(NotAllowed, match="that is for cell or gold"):
        close(world, by=name)

    close(world, f"{name.capitalize()}, West Midlands")

    with pytest.raises(NotAllowed, match="that is for cell or gold"), world.desk(name).writing() as work:
        open_again(work, ACTION)
    assert name in seers(world)


def test_who_is_not_on_the_list_opens_nothing_and_is_told_that_there_is_nothing(world: World) -> None:
    close(world)

    with pytest.raises(NotFound, match="There is no action WM-0001, or none"), world.desk("cell").writing() as work:
        open_again(work, ACTION)
    assert seers(world) == ["gold"]


@pytest.mark.parametrize("name", ["stranger", "partner", "other_silver"])
def test_a_list_holds_only_people_whose_posts_reach_the_action(world: World, name: str) -> None:
    with pytest.raises(Refused, match="holds no post that reaches WM-0001"):
        close(world, f"{name.capitalize()}, West Midlands")

    assert seers(world) == list(WHOLE)
    assert f"{name.capitalize()}, West Midlands" not in shown(world, "gold").choices


def test_a_list_names_people_of_the_directory(world: World) -> None:
    with pytest.raises(NotFound, match="nobody called Nobody"):
        close(world, "Nobody")
    with pytest.raises(InputError, match="200 people at most; you named 201"):
        close(world, *(f"Somebody {number}" for number in range(201)))

    assert shown(world, "gold").closed is False


def test_a_list_that_somebody_else_changed_meanwhile_is_not_overwritten(world: World) -> None:
    close(world, SILVER, version=1)

    with pytest.raises(Stale, match="closed to all but 2 people"):
        close(world, version=1)

    assert seers(world) == ["gold", "silver"]


def test_the_same_list_again_changes_nothing(world: World) -> None:
    close(world, SILVER)
    close(world, SILVER)

    with world.desk("gold").reading() as look:
        assert len(look.session.exec(select(RecordLine).where(RecordLine.verb == "close_to")).all()) == 1


def test_the_choices_are_those_whose_posts_reach_the_action(world: World) -> None:
    people = tuple(sorted(f"{name.capitalize()}, West Midlands" for name in WHOLE))

    assert shown(world, "gold") == Compartment(False, (), people, True)
    assert shown(world, "silver") == Compartment(False, (), (), False)


def test_who_is_not_on_the_list_reads_no_notice_of_it_and_the_partner_still_does(world: World) -> None:
    close(world)
    with world.desk("gold").writing() as work:
        work.notify("WM-0001 moved.", person_id=world.people["silver"], action_id=1)
        work.notify("What you were asked moved.", person_id=world.people["partner"], action_id=1)

    def read(name: str) -> list[str]:
        with world.desk(name).reading() as look:
            return [sentence for _, sentence in notices(look)]

    hidden = read("silver")
    close(world, SILVER)

    assert not any("moved" in sentence for sentence in hidden)
    assert any("WM-0001 moved." in sentence for sentence in read("silver"))
    assert "What you were asked moved." in read("partner")
