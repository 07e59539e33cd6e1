"""The record as sheets: its lines as the page shows and filters them, up to a fixed number; who and what they name."""

from collections.abc import Sequence

from planner.errors import InputError
from planner.outputs.boards.board import Row, Rows, said
from planner.rules.asked import Asked
from planner.rules.markings import Marked
from planner.rules.words import Outcome
from planner.settings import load_settings
from planner.views.record import LineFilter, Tally, by_action, by_actor, count_lines, lines
from planner.work import Look

LINES = ("No.", "When", "Who", "What", "About", "Outcome", "In words")
COUNTED = ("Done", "Refused", "Viewed", "Exported", "Last")
PEOPLE, ACTIONS = ("Who", *COUNTED), ("Action", *COUNTED)
FILTER = ("text", "outcome", "who", "action", "first_day", "last_day")
MOST = 10_000
LIMIT = f"At most the newest {MOST:,} lines: for older ones, choose the days."
LONGEST_LIST = f"At most {MOST:,} of them, those with the most lines."


def line_rows(look: Look, asked: Asked) -> Rows:
    """Marked as its page is: it quotes from everywhere."""
    wanted = _wanted(asked)
    total, found = count_lines(look, wanted), lines(look, wanted, per_page=MOST)
    rows: list[Row] = [
        (row.number, row.at, row.actor, said(row.verb), row.about, said(row.outcome), row.sentence) for row in found
    ]
    beyond = f"The newest {MOST:,} of {total:,} lines: for older ones, choose the days." if total > len(rows) else ""
    return Rows(rows, Marked(load_settings().ceiling), beyond)


def people_rows(look: Look, asked: Asked) -> Rows:
    """How much of it stands under each name, the most first."""
    return _tallied(by_actor(look, _wanted(asked), per_page=MOST))


def action_rows(look: Look, asked: Asked) -> Rows:
    """How much of it is about each action, the most first."""
    return _tallied(by_action(look, _wanted(asked), per_page=MOST))


def _tallied(found: Sequence[Tally]) -> Rows:
    return Rows([tuple(row) for row in found], Marked(load_settings().ceiling))


def _wanted(asked: Asked) -> LineFilter:
    if asked.outcome and asked.outcome not in tuple(Outcome):
        raise InputError(f"An outcome is one of {', '.join(Outcome)}; not {asked.outcome[:20]}.")
    return LineFilter(
        text=asked.text,
        outcome=Outcome(asked.outcome) if asked.outcome else None,
        actor=asked.who,
        action=asked.action,
        first_day=asked.first_day,
        last_day=asked.last_day,
    )
