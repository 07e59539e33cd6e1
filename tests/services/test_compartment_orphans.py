"""A closed action that nobody on its list can open any more: who may close it learns that it is there, and no more."""

from datetime import timedelta

import pytest
from sqlmodel import col, delete, select

from planner.access import visible_actions
from planner.db import Database
from planner.errors import InputError, NotFound, Refused
from planner.models.directory import Appointment, Person
from planner.models.operations import Action, ActionCompartment, Operation
from planner.models.records import Notice, RecordLine
from planner.rules.words import Outcome, Post
from planner.services.compartments import close_to, list_anew
from planner.views.compartments import Orphans, orphans
from planner.views.one_action import one_action
from tests.builders import NOW, World, a_world, an_action
from tests.ui.pages import opened, press

ACTION, OTHER = "WM-0001", "WM-0002"
SILVER = "Silver, West Midlands"
WHY = "Both have moved to another force."


@pytest.fixture
def world(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> World:
    """An action closed by its Silver's Gold to the two of them; another one that is open."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    world = a_world(database)
    an_action(world, ACTION)
    an_action(world, OTHER)
    with world.desk("gold").writing() as work:
        close_to(work, ACTION, [SILVER])
    with world.database.write() as session:
        new = Person(title="New Gold, West Midlands", agency_id=world.force)
        far = Person(title="Gold, elsewhere", agency_id=session.get_one(Person, world.people["other_silver"]).agency_id)
        session.add_all([new, far])
        session.flush()
        world.people.update(new_gold=new.id or 0, far_gold=far.id or 0)
        for person in (new, far):
            post = Post.GOLD
            session.add(Appointment(person_id=person.id or 0, post=post, operation_id=world.operation))
    return world


def leave(world: World, *names: str) -> None:
    with world.database.write() as session:
        for name in names:
            session.exec(delete(Appointment).where(col(Appointment.person_id) == world.people[name]))


def seen(world: World, name: str) -> tuple[str, ...]:
    with world.desk(name).reading() as look:
        return orphans(look, world.operation).references


def anew(world: World, *titles: str, by: str = "new_gold", reference: str = ACTION, reason: str = WHY) -> None:
    with world.desk(by).writing() as work:
        list_anew(work, reference, titles, reason)


def test_while_one_person_on_the_list_reaches_it_nobody_else_learns_of_it(world: World) -> None:
    leave(world, "gold")

    assert {name: seen(world, name) for name in world.people} == dict.fromkeys(world.people, ())
    with pytest.raises(NotFound):
        anew(world, SILVER)


def test_once_nobody_reaches_it_the_forces_gold_and_the_cell_see_its_reference_and_nobody_else(world: World) -> None:
    leave(world, "gold", "silver")

    found = {name for name in world.people if seen(world, name) == (ACTION,)}

    assert found == {"new_gold", "cell"}
    assert {name: seen(world, name) for name in world.people if name not in found} == dict.fromkeys(
        world.people.keys() - found, ()
    )
    for name in found:
        with world.desk(name).reading() as look:
            reached = look.session.exec(select(Action.reference).where(col(Action.id).in_(visible_actions(look)))).all()
            with pytest.raises(NotFound):
                one_action(look, ACTION)
        assert reached == [OTHER]


@pytest.mark.parametrize("how", ["moved", "ended", "inactive", "another operation"])
def test_a_post_that_does_not_reach_it_any_more_counts_like_none(world: World, how: str) -> None:
    leave(world, "gold")
    with world.database.write() as session:
        post = session.exec(select(Appointment).where(Appointment.person_id == world.people["silver"])).one()
        person = session.get_one(Person, world.people["silver"])
        if how == "moved":
            post.agency_id = session.get_one(Person, world.people["other_silver"]).agency_id
        elif how == "ended":
            post.valid_to = NOW.date() - timedelta(days=1)
        elif how == "inactive":
            person.active = False
        else:
            lead = session.get_one(Operation, world.operation).lead_agency_id
            days = {"starts_on": NOW.date(), "ends_on": NOW.date()}
            other = Operation(code="OP2", name="Operation Two", lead_agency_id=lead, **days)
            session.add(other)
            session.flush()
            post.operation_id = other.id
        session.add_all([post, person])

    assert seen(world, "cell") == (ACTION,)


def test_a_new_list_opens_it_to_those_on_it_alone_and_is_recorded_with_its_reason(world: World) -> None:
    leave(world, "gold", "silver")

    anew(world, "Cell, West Midlands")

    with world.database.read() as session:
        assert session.exec(select(ActionCompartment.person_id)).all() == [world.people["cell"]]
        line = session.exec(select(RecordLine).where(RecordLine.verb == "list_anew")).one()
        told = session.exec(select(Notice.sentence).where(Notice.person_id == world.people["cell"])).all()
        assert session.exec(select(Action.compartment, Action.version).where(Action.reference == ACTION)).one()[0]
    assert (line.actor, line.outcome, WHY in line.sentence) == ("New Gold, West Midlands", Outcome.DONE, True)
    assert told == ["WM-0001 is closed to a list of people, and you are on it."]
    assert (seen(world, "new_gold"), seen(world, "cell")) == ((), ())
    with world.desk("new_gold").reading() as look, pytest.raises(NotFound):
        one_action(look, ACTION)
    with pytest.raises(NotFound):
        anew(world, "New Gold, West Midlands")


def test_a_new_list_needs_a_reason_and_people_whose_posts_reach_it(world: World) -> None:
    leave(world, "gold", "silver")

    with pytest.raises(InputError, match="The reason for a new list is missing"):
        anew(world, "New Gold, West Midlands", reason=" ")
    with pytest.raises(InputError, match="Name at least one person"):
        anew(world)
    with pytest.raises(Refused, match="Silver, West Midlands holds no post that reaches WM-0001"):
        anew(world, SILVER)
    with pytest.raises(NotFound, match="nobody called Nobody"):
        anew(world, "Nobody")

    assert seen(world, "new_gold") == (ACTION,)
    anew(world, "New Gold, West Midlands")
    assert seen(world, "new_gold") == ()


@pytest.mark.parametrize("name", ["far_gold", "national", "care_lead", "partner", "stranger", "other_silver"])
def test_to_everybody_else_it_is_missing_like_one_that_never_was(world: World, name: str) -> None:
    leave(world, "gold", "silver")

    answers = set()
    for reference in (ACTION, "WM-9999"):
        with pytest.raises(NotFound) as refusal:
            anew(world, "New Gold, West Midlands", by=name, reference=reference)
        answers.add(str(refusal.value).replace(reference, ACTION))

    assert answers == {"There is no action WM-0001, or none that you can open."}


def test_the_choices_do_not_say_whose_action_it_is(world: World) -> None:
    """The same people are offered, whichever force's action it is."""
    assert _offered(world) == Orphans((), ())

    leave(world, "gold", "silver")
    posted = ("national", "cell", "care_lead", "other_silver")
    titles = sorted([*(f"{name.capitalize()}, West Midlands" for name in posted), "New Gold, West Midlands"])

    assert _offered(world) == Orphans((ACTION,), tuple(sorted([*titles, "Gold, elsewhere"])))


def _offered(world: World) -> Orphans:
    with world.desk("cell").reading() as look:
        return orphans(look, world.operation)


def test_on_the_operation_page_the_cell_puts_a_new_list_on_it(world: World) -> None:
    assert "Put this list on it" not in [button.label for button in opened(world, "operation.py", "cell").button]
    leave(world, "gold", "silver")
    page = opened(world, "operation.py", "national")
    assert ACTION not in "".join(str(text.value) for text in page.text)
    page = opened(world, "operation.py", "new_gold")
    assert any(text.value.startswith(f"{ACTION}: nobody on the list") for text in page.text)

    page.multiselect[0].select("New Gold, West Midlands")
    page.text_input[0].set_value(WHY)
    press(page, "Put this list on it")

    assert any("has a new list" in text.value for text in page.text)
    assert "Put this list on it" not in [button.label for button in page.button]
    with world.desk("new_gold").reading() as look:
        assert one_action(look, ACTION)
