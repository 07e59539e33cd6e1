"""Verifying the record: every line's hash, the order, the head, and checkpoints kept outside the database."""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from sqlmodel import col, select

from planner.models.records import RecordHead, RecordLine
from planner.work import Look, canonical

FIRST = "0" * 64


class Verdict(NamedTuple):
    """Whether the chain is whole; `broken_at` is the number of the first broken line."""

    whole: bool
    lines: int
    head: str
    broken_at: int | None
    sentence: str


def verify_record(look: Look, checkpoints: Path | None = None) -> Verdict:
    """Walk the chain from its first line and compare it with the head and, where given, the checkpoints."""
    previous, count, hashes = FIRST, 0, {0: FIRST}
    for line in look.session.exec(select(RecordLine).order_by(col(RecordLine.number))).yield_per(1000):
        expected = hashlib.sha256(canonical(line)).hexdigest()
        if line.number != count + 1 or line.previous != previous or line.hash != expected:
            return Verdict(False, count, previous, line.number, f"The record is broken at line {line.number}.")
        previous, count = line.hash, line.number
        hashes[count] = previous
    head = look.session.get(RecordHead, 1)
    if head is None or (head.count, head.hash) != (count, previous):
        return Verdict(False, count, previous, count + 1, f"The record ends at line {count}, not where its head says.")
    wrong = _checkpoint_broken(hashes, checkpoints) if checkpoints and checkpoints.exists() else None
    if wrong is not None:
        return Verdict(False, count, previous, wrong, f"The record differs from the checkpoint taken at line {wrong}.")
    return Verdict(True, count, previous, None, f"The record is whole: {count} lines.")


def write_checkpoint(look: Look, file: Path) -> None:
    """Append count, head hash and time to a file outside the database."""
    head = look.session.get(RecordHead, 1)
    if head is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps({"count": head.count, "hash": head.hash, "at": look.now.isoformat()}) + "\n")


def _checkpoint_broken(hashes: dict[int, str], file: Path) -> int | None:
    for text in file.read_text(encoding="utf-8").splitlines():
        point = json.loads(text)
        if hashes.get(point["count"]) != point["hash"]:
            return int(point["count"])
    return None
