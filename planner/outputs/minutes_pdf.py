"""A copy of minutes as a tagged PDF."""

from pathlib import Path

from planner.outputs.minutes_words import as_values
from planner.outputs.typst_pdf import pdf_of
from planner.rules.minutes_copy import Copy

TEMPLATE = Path(__file__).with_name("minutes.typ")
ALSO = " and in the Word file"


def minutes_pdf(copy: Copy) -> bytes:
    """The same copy is the same file, wherever it is made."""
    values = as_values(copy)
    return pdf_of(TEMPLATE, values, at=int(values["issued_at"]), also=ALSO)
