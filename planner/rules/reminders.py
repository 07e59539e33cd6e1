"""When an unanswered offer is recalled: at half time, when it is due, to the deputy, then to the cell."""

from datetime import datetime, timedelta

from planner.rules.role_words import Reminder

ORDER = (Reminder.HALF_TIME, Reminder.DUE, Reminder.DEPUTY, Reminder.CELL)
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=2)


def next_reminder(
    reminded: Reminder | None, offered_at: datetime, answer_by: datetime
) -> tuple[Reminder, datetime] | None:
    """What comes after `reminded` and when; nothing after the cell was told.

    What is overdue goes on after a quarter of the time given, half an hour at least and two hours at most.
    """
    step = 0 if reminded is None else ORDER.index(reminded) + 1
    if step == len(ORDER):
        return None
    given = answer_by - offered_at
    pause = min(max(given / 4, SHORTEST), LONGEST)
    at = {
        Reminder.HALF_TIME: offered_at + given / 2,
        Reminder.DUE: answer_by,
        Reminder.DEPUTY: answer_by + pause,
        Reminder.CELL: answer_by + 2 * pause,
    }
    return ORDER[step], at[ORDER[step]]
