"""The role catalogue on the Directory page: read by who plans, changed by a cell of every operation."""

from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.models.directory import Appointment
from planner.rules.words import AgencyKind, Post
from planner.views.catalogue import posts
from planner.work import Desk
from tests.builders import World, an_action
from tests.ui.pages import opened, press


@pytest.fixture
def everywhere(world: World) -> World:
    with world.database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.CELL))
    return world


def field(page: AppTest, label: str) -> Any:
    everything = [*page.text_input, *page.text_area, *page.number_input, *page.multiselect, *page.checkbox]
    return next(item for item in everything if item.label == label)


def said(page: AppTest) -> str:
    return "\n".join(text.value for text in page.text)


def test_the_cell_adds_a_post_and_reads_first_what_it_does(everywhere: World) -> None:
    tomorrow = Desk(everywhere.database).clock() + timedelta(days=1)  # pages go by the clock on the wall
    an_action(everywhere, starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=3))
    page = opened(everywhere, "directory.py", "cell", tab="Roles")

    field(page, "Title").set_value("Witness support").run()
    assert "No gate will ask for this post" in said(page)
    field(page, "Required: the gate stays shut without it").check().run()
    assert "1 planned action will need this post; 0 of them have it accepted." in said(page)
    press(page, "Add this post")
    assert "A post needs at least one responsibility" in said(page)
    field(page, "Responsibilities, one plain sentence a line").set_value("Stays with witnesses.\n\nCalls them after.")
    field(page, "Who may fill it").set_value([AgencyKind.NGO])
    field(page, "Why it is changed").set_value("The review asked for it.")
    press(page, "Add this post")

    assert "Witness support stands in version 1." in said(page)
    with everywhere.desk("cell").reading() as look:
        made = next(post for post in posts(look) if post.code == "witness_support")
        assert (made.responsibilities, made.required) == ("Stays with witnesses.\nCalls them after.", True)


def test_the_cell_changes_a_post_and_its_history_says_why(everywhere: World) -> None:
    page = opened(everywhere, "directory.py", "cell", tab="Roles")

    next(box for box in page.selectbox if box.label == "Which post").set_value("first_responder").run()
    field(page, "How many an action needs").set_value(2)
    field(page, "On entry: goes in with the first team").check().run()
    assert "A warrant must then name the function as accompanying" in said(page)
    field(page, "Why it is changed").set_value("Two were needed at the last campaign.")
    press(page, "Keep as version 2")

    assert "First responder stands in version 2." in said(page)
    assert "Cell, West Midlands: Two were needed at the last campaign." in said(page)
    field(page, "Why it is changed").set_value("Taken over by another post.")
    press(page, "Retire this post")
    assert "First responder is retired." in said(page)
    assert "First responder (retired)" in [item.label for item in page.expander]


@pytest.mark.parametrize("name", ["silver", "cell"])
def test_who_may_not_change_it_reads_it_without_a_form(world: World, name: str) -> None:
    page = opened(world, "directory.py", name, tab="Roles")

    assert not page.exception
    assert "First responder (required)" in [item.label for item in page.expander]
    assert "Add this post" not in [button.label for button in page.button]
