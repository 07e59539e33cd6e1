"""The two-page sheet as a file that leaves, for a reason."""

from pathlib import Path

from planner.inputs.reference import InformationLine, load_information_lines
from planner.outputs.sheet_words import as_values
from planner.outputs.typst_pdf import pdf_of
from planner.rules.words import Nation
from planner.services.texts import needed_text
from planner.settings import load_settings
from planner.views.sheet import Sheet, sheet_of
from planner.work import Look

TEMPLATE = Path(__file__).with_name("sheet.typ")
# It says nothing: a list of downloads shows it, on a phone as well.
FILE_NAME, MEDIA_TYPE = "sheet.pdf", "application/pdf"


def sheet_pdf(sheet: Sheet) -> bytes:
    """Two pages of a tagged PDF."""
    values = as_values(sheet, lines_of(sheet.one.facts.action.nation))
    return pdf_of(TEMPLATE, values, at=int(sheet.printed_at.timestamp()))


def lines_of(nation: Nation) -> tuple[InformationLine, ...]:
    """Whom anybody may ring in a nation."""
    return tuple(line for line in load_information_lines(load_settings().data) if nation in line.nations)


def sheet_file(look: Look, reference: str, reason: str) -> bytes:
    """The sheet of a visible action, for a reason that is recorded."""
    needed_text(reason, "The reason for printing", most=200)
    return sheet_pdf(sheet_of(look, reference))
