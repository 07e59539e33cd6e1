"""Minutes as a file that leaves: a copy that its reader may have, for a reason."""

from typing import NamedTuple

from planner.errors import InputError, NotFound
from planner.outputs.minutes_docx import minutes_docx
from planner.outputs.minutes_pdf import minutes_pdf
from planner.outputs.minutes_words import minutes_text
from planner.rules.minutes_copy import Copy
from planner.services.texts import needed_text
from planner.views.minutes import NO_MINUTES
from planner.views.minutes_copy import copy_of
from planner.work import Look

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text": "text/plain; charset=utf-8",
}


class MinutesFile(NamedTuple):
    """The file's name says nothing: it is shown in a list of downloads, on a phone as well."""

    file_name: str
    media_type: str
    body: bytes


def minutes_file(look: Look, issue_id: int, kind: str, reason: str) -> MinutesFile:
    """The reader's own copy as a PDF, a Word file or text."""
    needed_text(reason, "The reason for the export", most=200)
    if kind not in MEDIA:
        raise InputError(f"Minutes are made as one of these: {', '.join(MEDIA)}; not as {kind}.")
    name = f"minutes.{'txt' if kind == 'text' else kind}"
    return MinutesFile(name, MEDIA[kind], _body(copy_of(look, issue_id), kind))


def _body(copy: Copy, kind: str) -> bytes:
    if kind == "pdf":
        return minutes_pdf(copy)
    return minutes_docx(copy) if kind == "docx" else minutes_text(copy).encode()


def file_named(look: Look, scope: str, reason: str) -> MinutesFile:
    """By the number of the issue and the kind of file, such as 12.pdf."""
    number, _, kind = scope.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotFound(NO_MINUTES)
    return minutes_file(look, int(number), kind, reason)
