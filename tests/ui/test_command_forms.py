"""Command on the Go-ahead page: taken, delegated, accepted; a decision by telephone typed and confirmed."""

from streamlit.testing.v1 import AppTest

from planner.rules.words import Post
from planner.services import go_ahead, telephoned
from planner.work import utc_now
from tests import ready
from tests.builders import World
from tests.command import a_commander, delegate
from tests.ui.pages import opened, press
from tests.ui.tasks import tasks_of

REFERENCE = ready.REFERENCE
GOLD = "Gold, West Midlands"


def texts(page: AppTest) -> str:
    return "\n".join(element.value for element in page.text)


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def ask(world: World) -> None:
    ready.make_ready(world)
    a_commander(world, "loggist", Post.LOGGIST)
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE)


def test_gold_takes_command_and_names_a_delegate(world: World) -> None:
    page = opened(world, "go_ahead.py", "gold")
    assert "Nobody's turn of command is recorded." in texts(page)

    press(page, "Take command")
    next(box for box in page.text_input if box.label == "Why").set_value("A night off.")
    press(page, "Ask them to be on call")

    assert "Gold, West Midlands, is in command as Gold: " in texts(page)
    assert "Silver, West Midlands, is asked to be on call for go-aheads in place of Gold, West Midlands: " in texts(
        page
    )


def test_a_delegate_accepts_once(world: World) -> None:
    delegate(world, from_at=utc_now(), at=utc_now())
    page = opened(world, "go_ahead.py", "silver")

    press(page, "Accept")

    assert "You are on call." in texts(page)
    assert "Accept" not in labels(page)


def test_today_leads_a_delegate_to_the_answer(world: World) -> None:
    delegate(world, from_at=utc_now(), at=utc_now())

    (task,) = [task for task in tasks_of(opened(world, "today.py", "silver")) if "to be on call" in task.sentence]

    assert "asks you to be on call for go-aheads" in task.sentence
    assert task.address.split("?")[0] == "go_ahead"


def test_a_partner_sees_nothing_of_command(world: World) -> None:
    assert "Take command" not in labels(opened(world, "go_ahead.py", "partner"))


def test_a_loggist_is_offered_the_form_and_nobody_else(world: World) -> None:
    ask(world)

    offered = {who: labels(opened(world, "go_ahead.py", who, reference=REFERENCE)) for who in ("loggist", "gold")}

    assert [who for who, found in offered.items() if "Write the go-ahead down" in found] == ["loggist"]
    assert "Give the go-ahead" not in offered["loggist"]


def test_gold_confirms_what_a_loggist_typed(world: World) -> None:
    ask(world)
    with world.desk("loggist").writing() as work:
        telephoned.type_go_ahead(work, telephoned.TypedDecision(REFERENCE, GOLD))
    page = opened(world, "go_ahead.py", "gold", reference=REFERENCE)
    assert "Given by telephone and typed by Loggist, West Midlands" in texts(page)

    press(page, "Confirm that I gave it")

    assert "You confirmed the go-ahead for WM-0001." in texts(page)
    assert "to be confirmed by" not in texts(page)
