"""An operation's handover pack: every sheet that its reader may take, minutes and the decision log, with their hashes.

Every file is what the same reader takes by itself, so the pack tells nobody more; what they may not take is named in
the manifest. Whoever receives it checks the files against their SHA-256; the record tells who made it, when and why.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from planner.access import Verb, may
from planner.errors import NotFound
from planner.outputs.boards.board import operation_row
from planner.outputs.boards.registry import BOARDS, boards_of_operation
from planner.outputs.decision_log_file import log_file
from planner.outputs.minutes_file import minutes_file
from planner.outputs.table_file import LONGEST_WHY, WHY, made
from planner.rules.asked import Asked
from planner.rules.markings import Marked, together
from planner.services.texts import needed_text
from planner.views.decision_log import log_of_operation
from planner.views.minutes import last_issues
from planner.views.operation import OperationRow
from planner.work import Look

FILE_NAME = "pack.zip"  # it says nothing: a list of downloads is shown on a phone as well
MEDIA_TYPE = "application/zip"
NO_PACK = "There is no operation {code}, or none that you can hand over."
README = """{marking}

Handover pack of operation {code}
Made {when} by {who}.
Why: {why}

What it is
  sheets/    every table of the operation that its maker sees, each as XLSX and as CSV; times are London time
  minutes/   the last issue of the minutes of each conference that its maker may read, as PDF
  log.pdf    the decision log, the oldest decision first; sheets/log.csv has every entry
What its maker does not see is not in it: actions closed to a list of others, tables of other posts, and providers'
names where the maker may not know them. Tables left out: {left_out}.
Accounts and the record are of the whole installation and stand in no pack.

How to check that no file was changed
  manifest.json names each file with its bytes, its SHA-256 and its marking. With the files unpacked in one folder:
    Linux, macOS:  sha256sum -c SHA256SUMS     (macOS: shasum -a 256 -c SHA256SUMS)
    Windows:       Get-FileHash sheets\\actions.xlsx, and so on, against manifest.json
Treat the whole of it as its highest marking says, which is at the head of this file.
"""


class Item(NamedTuple):
    """One file of the pack."""

    name: str
    body: bytes
    marked: Marked

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


def may_hand_over(look: Look, operation_id: int) -> bool:
    """For the national Gold and the cell of the operation; the operator reads all of an installation."""
    return look.actor.operator or may(look, Verb.SEE_HANDOVER, operation_id=operation_id)


def handover_pack(look: Look, code: str, reason: str) -> bytes:
    """The zip, its files always in the same order; missing and forbidden operations answer alike."""
    try:
        operation = operation_row(look, code)
    except NotFound:
        raise NotFound(NO_PACK.format(code=code[:40])) from None
    if not may_hand_over(look, operation.id):
        raise NotFound(NO_PACK.format(code=code[:40]))
    why = needed_text(reason, WHY, most=LONGEST_WHY)
    items = [*_sheets(look, code), *_minutes(look, operation, why), _log(look, code, why)]
    marked = together([Marked(operation.marking, operation.handling), *(item.marked for item in items)])
    items.insert(0, Item("README.txt", _readme(look, code, why, marked).encode(), marked))
    sums = "".join(f"{item.sha256}  {item.name}\n" for item in items)
    manifest = Item("manifest.json", _manifest(look, code, why, marked, items), marked)
    return _zipped([manifest, Item("SHA256SUMS", sums.encode(), marked), *items], look.now)


def _sheets(look: Look, code: str) -> Iterator[Item]:
    for name, board in boards_of_operation(look).items():
        for file in made(look, name, board, Asked(operation=code)):
            yield Item(f"sheets/{file.file_name}", file.body, file.marked)


def _minutes(look: Look, operation: OperationRow, why: str) -> Iterator[Item]:
    """By the number of the conference and of the issue."""
    for issue in last_issues(look, operation.id):
        file = minutes_file(look, issue.id, "pdf", why)
        yield Item(f"minutes/{issue.conference_id}-{issue.number}.pdf", file.body, issue.marked)


def _log(look: Look, code: str, why: str) -> Item:
    return Item("log.pdf", log_file(look, why, operation=code), log_of_operation(look, code, per_page=1).marked)


def _left_out(look: Look) -> list[str]:
    mine = boards_of_operation(look)
    return [board.title for name, board in BOARDS.items() if board.of_operation and name not in mine]


def _readme(look: Look, code: str, why: str, marked: Marked) -> str:
    when = f"{look.now.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    left_out = ", ".join(_left_out(look)) or "none"
    return README.format(marking=marked.words, code=code, when=when, who=look.actor.name, why=why, left_out=left_out)


def _manifest(look: Look, code: str, why: str, marked: Marked, items: Sequence[Item]) -> bytes:
    told = {
        "operation": code,
        "made_by": look.actor.name,
        "made_at": look.now.astimezone(UTC).isoformat(timespec="seconds"),
        "reason": why,
        "marking": marked.words,
        "left_out": _left_out(look),
        "files": [
            {"name": item.name, "bytes": len(item.body), "sha256": item.sha256, "marking": item.marked.words}
            for item in items
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _zipped(items: Sequence[Item], at: datetime) -> bytes:
    file, stamp = io.BytesIO(), at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in items:
            entry = zipfile.ZipInfo(item.name, stamp)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, item.body)
    return file.getvalue()
