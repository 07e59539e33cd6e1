"""The decision log as a tagged PDF that leaves for a reason; the oldest decision first, as it is read in court."""

from pathlib import Path
from typing import Any

from planner.outputs.minutes_words import clean
from planner.outputs.typst_pdf import pdf_of
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.services.texts import needed_text
from planner.views.decision_log import Entry, Log, log_of_action, log_of_operation
from planner.work import Look

TEMPLATE = Path(__file__).with_name("minutes.typ")
MOST = 2_000  # of an operation's log, the latest
HOW = "Each entry is a line of the record, under its number: verifying the record shows that none was changed since."


def log_file(look: Look, reason: str, *, action: str = "", operation: str = "") -> bytes:
    """The log of a visible action, or of an operation as far as its reader sees, for a reason that is recorded."""
    needed_text(reason, "The reason for printing", most=200)
    log = log_of_action(look, action, per_page=MOST) if action else log_of_operation(look, operation, per_page=MOST)
    printed = f"Printed {instant_words(look.now)} by {look.actor.name}"
    return pdf_of(TEMPLATE, as_values(log, printed), at=int(look.now.timestamp()))


def as_values(log: Log, printed: str) -> dict[str, Any]:
    """For the template of minutes; every word of it is text."""
    left = log.total - len(log.entries)
    older = f" {count_words(left, 'older entry', 'older entries')} are not in this file." if left > 0 else ""
    return {
        "title": clean(log.title),
        "when": count_words(log.total, "decision"),
        "marking": clean(log.marked.words),
        "copy_line": clean(printed),
        "closing": HOW + older,
        "sections": [_section(entry) for entry in reversed(log.entries)],
    }


def _section(entry: Entry) -> dict[str, Any]:
    parts = [{"number": "", "about": heading, "text": clean(text)} for heading, text in entry.parts]
    title = f"{entry.what}, {entry.about}: {instant_words(entry.at)}, {entry.by}"
    return {"number": entry.number, "title": clean(title), "paragraphs": parts, "table": None}
