"""When an unanswered offer is recalled: half time, due, the deputy, the cell; then never again."""

from datetime import timedelta

import pytest

from planner.rules.reminders import next_reminder
from planner.rules.role_words import Reminder
from tests.builders import NOW


@pytest.mark.parametrize(
    ("hours", "after"),
    [
        (24, [12, 24, 26, 28]),  # two hours at most between the steps of what is overdue
        (4, [2, 4, 5, 6]),  # a quarter of the time given
        (1, [0.5, 1, 1.5, 2]),  # half an hour at least
    ],
)
def test_each_step_has_its_time_and_the_cell_is_the_last(hours: int, after: list[float]) -> None:
    steps = []
    reminded: Reminder | None = None

    while (found := next_reminder(reminded, NOW, NOW + timedelta(hours=hours))) is not None:
        reminded = found[0]
        steps.append(found)

    assert [step for step, _ in steps] == [Reminder.HALF_TIME, Reminder.DUE, Reminder.DEPUTY, Reminder.CELL]
    assert [(at - NOW) / timedelta(hours=1) for _, at in steps] == after
