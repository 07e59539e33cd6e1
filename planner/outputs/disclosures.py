"""The list of disclosures as a CSV: who looked at or took what, when and why (Data Protection Act 2018, s.62)."""

from datetime import date

from planner.access import Verb, may
from planner.errors import InputError, NotFound
from planner.outputs.tables import table_csv
from planner.rules.markings import Marked
from planner.services.texts import needed_text
from planner.settings import load_settings
from planner.views.disclosures import disclosures
from planner.views.record import LineFilter
from planner.work import Look

COLUMNS = ("No.", "When", "Who", "What", "About", "Why", "In words")


def disclosures_csv(look: Look, days: str, reason: str) -> bytes:
    """Every disclosure from one day to another, such as "2026-11-01_2026-11-24", for a reason that is recorded."""
    if not may(look, Verb.SEE_RECORD):
        raise NotFound("There is no such file, or none that you can open.")
    needed_text(reason, "The reason for the export", most=200)
    first, last = _days(days)
    rows = disclosures(look, LineFilter(first_day=first, last_day=last))
    cells = [(row.number, row.at, row.actor, row.verb, row.about, row.why, row.sentence) for row in rows]
    # Its sentences quote what was typed anywhere in the installation, which may be marked as high as that may hold.
    marked = Marked(load_settings().ceiling)
    return table_csv(cells, columns=COLUMNS, marked=marked, made_by=look.actor.name, made_at=look.now)


def _days(said: str) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(day) for day in said.split("_"))
    except ValueError as error:
        raise InputError("A list of disclosures is for two days, such as 2026-11-01_2026-11-24.") from error
    return first, last
