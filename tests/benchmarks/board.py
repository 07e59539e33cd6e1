"""The role board of every action with its posts: first rows against an empty page, a filter against a trivial click."""

from datetime import timedelta
from itertools import count

from playwright.sync_api import Page
from sqlmodel import select

from planner.db import Database
from planner.models.operations import Action
from planner.rules.words import ActionState
from planner.views.board import board
from planner.work import Desk, utc_now
from tests.benchmarks.pages import EMPTY_DRAWN, opened, signed_in
from tests.benchmarks.table import Row, in_turn
from tests.posts import ask_for_posts

DRAWN, FILTERED = 1.5, 2.0
LATER = timedelta(weeks=30)
CHOICES = ("Posts missing", "Held by several agencies")
# Seen from inside the page, at every frame. What a click asks for is drawn when other rows stand in the old ones' place
# under another sentence, or the button's count is another.
LOOK = """
window.said = () => [...document.querySelectorAll('[data-testid="stText"]')]
  .map((text) => text.textContent).find((words) => words.includes("to come:"));
window.posts = () => document.querySelectorAll(".rows-board tbody tr:not([data-old])").length === 50;
window.age = () => document.querySelectorAll(".rows-board tr").forEach((row) => { row.dataset.old = "yes"; });
"""
BOARD_DRAWN = """() => when(() => framed("Roles") && said() && posts())"""
FILTERED_DRAWN = """(before) => when(() => said() && said() !== before && posts())"""
CLICKED = """(number) => when(() => says(`Clicked ${number}.`))"""


def fill(database: Database) -> str:
    """Every action is to come and has posts asked for; how many of either."""
    with database.write() as session:
        for action in session.exec(select(Action)):
            action.state = ActionState.PLANNED
            if action.ends_at < utc_now():
                action.starts_at, action.ends_at = action.starts_at + LATER, action.ends_at + LATER
    ask_for_posts(database, 1, of_ten=10)
    with Desk(database).reading() as look:
        actions = board(look).actions
    return f"{len(actions):,} actions, {sum(len(item.seats) for item in actions):,} offers"


def rows(rounds: int, settings: dict[str, str], size: str) -> list[Row]:
    """From navigation to the first 50 rows, warm; from the click on a choice of a filter to what it leaves."""
    with signed_in(settings) as (context, address):
        context.add_init_script(LOOK)

        def drawn() -> float:
            with opened(context, f"{address}/roles") as page:
                return float(page.evaluate(BOARD_DRAWN))

        def empty() -> float:
            with opened(context, f"{address}/empty") as page:
                return float(page.evaluate(EMPTY_DRAWN))

        in_turn(1, empty, drawn)  # the first of each fills caches
        board_ms, empty_ms = in_turn(rounds, drawn, empty)
        with opened(context, f"{address}/roles") as shown, opened(context, f"{address}/click") as bare:
            shown.evaluate(BOARD_DRAWN)
            bare.get_by_role("button", name="Again").wait_for()
            numbers = count(1)
            in_turn(2, lambda: _filtered(shown, next(numbers)), lambda: 0.0)
            clicks = count(1)
            chosen_ms, click_ms = in_turn(
                rounds, lambda: _filtered(shown, next(numbers)), lambda: _clicked(bare, next(clicks))
            )
    drawn_said, click_said = (
        f"{board_ms:.0f} ms against {empty_ms:.0f} ms",
        f"{chosen_ms:.0f} ms against {click_ms:.0f} ms",
    )
    return [
        Row("Role board, first rows, against an empty page", board_ms / empty_ms, DRAWN, "x", f"{drawn_said}; {size}"),
        Row("Role board, a filter clicked, against a trivial click", chosen_ms / click_ms, FILTERED, "x", click_said),
    ]


def _filtered(page: Page, number: int) -> float:
    """One choice of a filter and then the other: from the click on it to the sentence and the rows that it leaves."""
    page.bring_to_front()  # a page behind another is drawn once a second
    choice = page.get_by_role("radio", name=CHOICES[number % 2]).or_(
        page.get_by_role("button", name=CHOICES[number % 2])
    )
    before = page.evaluate("said()")
    page.evaluate("age()")
    begun = page.evaluate("performance.now()")
    choice.click()
    return float(page.evaluate(FILTERED_DRAWN, before)) - float(begun)


def _clicked(page: Page, number: int) -> float:
    page.bring_to_front()
    begun = page.evaluate("performance.now()")
    page.get_by_role("button", name="Again").click()
    return float(page.evaluate(CLICKED, number)) - float(begun)
