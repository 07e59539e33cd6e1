"""What needs somebody as a list of links: one looks primary, each leads to its page, words stay words."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from planner.services import go_ahead
from planner.ui.tasks import as_html, way_html
from planner.views.today import Task
from planner.work import Desk, utc_now
from tests.browser.hostile import HOSTILE
from tests.builders import World, an_action
from tests.ui.pages import opened
from tests.ui.tasks import Drawn, tasks_in, tasks_of

REFERENCE = "WM-0001"
SHORT = Task("blocks", "WM-0001: two places short.", "Find places", "action", "WM-0001", "Move and begin")
CALLED = Task("open", "The conference of Thu 26 November is to be opened.", "Open it", "conferences", "7")
AGREED = Task("advises", "An agreement ends on Fri 27 November 2026.", "Look at it", "directory", "", "Agreements")


def test_each_task_has_its_state_its_sentence_and_a_way_and_the_first_way_is_primary() -> None:
    drawn = tasks_in(as_html([SHORT, CALLED, AGREED], key="tasks", primary=True))

    assert drawn == [
        Drawn("✕ Blocks", SHORT.sentence, "Find places", "action?ref=WM-0001&tab=Move+and+begin", True),
        Drawn("… Open", CALLED.sentence, "Open it", "conferences?conference=7", False),
        Drawn("! Advises", AGREED.sentence, "Look at it", "directory?tab=Agreements", False),
    ]


def test_a_list_that_does_not_say_so_has_no_primary_way() -> None:
    assert [task.primary for task in tasks_in(as_html([SHORT, CALLED], key="rest"))] == [False, False]


def test_a_way_says_what_it_is_about_to_who_cannot_see_the_sentence_beside_it() -> None:
    drawn = as_html([SHORT, CALLED], key="tasks")

    assert '<ul class="tasks ways-tasks" role="list">' in drawn
    for number in range(2):
        assert drawn.count(f'id="tasks-{number}"') == drawn.count(f'aria-describedby="tasks-{number}"') == 1


@pytest.mark.parametrize("hostile", [*HOSTILE, "<img src=x onerror=alert(1)>", '" onclick="alert(1)', "</li><script>"])
def test_a_word_is_text_whatever_it_looks_like(hostile: str) -> None:
    plain = as_html([Task("blocks", "words", "words", "action", "words", "words")], key="tasks")

    drawn = as_html([Task("blocks", hostile, hostile, "action", hostile, hostile)], key="tasks")
    alone, plain_alone = way_html(hostile, hostile), way_html("words", "words")

    assert [drawn.count(sign) for sign in '<>"'] == [plain.count(sign) for sign in '<>"']
    assert [alone.count(sign) for sign in '<>"'] == [plain_alone.count(sign) for sign in '<>"']


def test_a_state_without_a_look_of_its_own_is_text_too() -> None:
    (drawn,) = tasks_in(as_html([SHORT._replace(state="<b>odd</b>")], key="tasks"))

    assert drawn.state == "· <b>odd</b>"


def _page() -> None:
    from planner.ui.tasks import draw_tasks
    from planner.views.today import Task

    draw_tasks([Task("blocks", "Two places short.", "Find places", "care", "")], key="tasks")
    draw_tasks([], key="none")


def test_a_list_is_one_element_and_an_empty_one_is_none() -> None:
    page = AppTest.from_function(_page).run()

    page.run()

    assert [task.address for task in tasks_of(page)] == ["care"]
    assert [node.type for node in page.main if node.type != "main"] == ["html"]


def test_what_waits_for_gold_leads_to_its_one_page(world: World) -> None:
    soon = utc_now() + timedelta(days=3)
    an_action(world, REFERENCE, starts_at=soon, ends_at=soon + timedelta(hours=3))
    with Desk(world.database, world.people["silver"]).writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE)

    (waiting,) = tasks_of(opened(world, "go_ahead.py", "gold"))

    assert waiting.state == "… Asked for"
    assert waiting.sentence.startswith(f"{REFERENCE}: ")
    assert (waiting.verb, waiting.address) == ("Look at it", f"go_ahead?ref={REFERENCE}")
