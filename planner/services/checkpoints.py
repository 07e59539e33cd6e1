"""The file of checkpoints: appended to after a decision and by the clock, read to judge the record by it."""

import logging
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.errors import InputError
from planner.models.records import RecordHead, RecordLine
from planner.rules.checkpoints import DECISIONS, Checkpoint, as_line, dated, from_line
from planner.rules.words import Outcome
from planner.work import Appended, Look

log = logging.getLogger("planner")
NOTED_WITHIN = timedelta(minutes=10)


class Kept(NamedTuple):
    """What a file of checkpoints holds: those that can be read, and how many lines cannot."""

    points: tuple[Checkpoint, ...] = ()
    unreadable: int = 0


class CheckpointState(NamedTuple):
    """The last checkpoint, whether the record agrees with it and nothing waits for one, and that in words."""

    last: Checkpoint | None
    good: bool
    sentence: str


def witness_of(file: Path) -> Callable[[Appended], None]:
    """What a desk tells after each commit: a decision is noted in the file; a file that fails stops no work."""

    def witness(appended: Appended) -> None:
        if DECISIONS.isdisjoint(appended.verbs):
            return
        try:
            _append(file, Checkpoint(appended.lines, appended.hash, appended.at))
        except OSError as error:
            log.error("the checkpoint of line %d of the record could not be written: %s", appended.lines, error)

    return witness


def write_checkpoint(look: Look, file: Path) -> None:
    """Note where the record stands now; OSError when the file cannot be written."""
    head = look.session.get(RecordHead, 1)
    if head is not None:
        _append(file, Checkpoint(head.count, head.hash, look.now))


def read_checkpoints(file: Path) -> Kept:
    """Every checkpoint in the file, in its order; none when there is no such file."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return Kept()
    except OSError as error:
        raise InputError(f"The file of checkpoints {file} cannot be read: {error.strerror}.") from error
    points = [from_line(line) for line in lines if line.strip()]
    good = tuple(point for point in points if point is not None)
    return Kept(good, len(points) - len(good))


def checkpoint_state(look: Look, file: Path) -> CheckpointState:
    """When the last checkpoint was written, whether the record agrees with it, and whether a decision has none."""
    try:
        points = read_checkpoints(file).points
    except InputError:
        return CheckpointState(None, False, "The file of checkpoints cannot be read or written. Tell who runs this.")
    if not points:
        return CheckpointState(None, False, "No checkpoint has been written yet.")
    last = max(points, key=lambda point: (point.lines, point.at))
    said = f"The last checkpoint was written on {dated(last.at)}, at line {last.lines:,}"
    if _hash_at(look, last.lines) != last.hash:
        return CheckpointState(last, False, f"{said}; the record differs from it. Verify the whole record.")
    decided = last_decision(look)
    if decided > last.lines:
        late = f"the decision at line {decided:,} has none: the file could not be written. Tell who runs this."
        return CheckpointState(last, False, f"{said}; {late}")
    return CheckpointState(last, True, f"{said}; the record agrees with it.")


def _append(file: Path, point: Checkpoint) -> None:
    """One write of one line, on the disk before this returns; a line cut short before it is closed first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as out:
        torn = out.tell() > 0 and _last_byte(file) != b"\n"
        out.write((b"\n" if torn else b"") + as_line(point).encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())


def _last_byte(file: Path) -> bytes:
    with file.open("rb") as before:
        before.seek(-1, os.SEEK_END)
        return before.read(1)


def _hash_at(look: Look, number: int) -> str | None:
    if number == 0:
        return "0" * 64
    found: str | None = look.session.execute(pick(RecordLine.hash).where(RecordLine.number == number)).scalar()
    return found


def decision_without_a_file(look: Look, kept: Kept) -> datetime | None:
    """When the first decision was made that a checkpoint must have followed by now, where there is none at all."""
    if kept.points or kept.unreadable:
        return None
    line = RecordLine
    due = col(line.verb).in_(DECISIONS), col(line.outcome) == Outcome.DONE, col(line.at) < look.now - NOTED_WITHIN
    found: datetime | None = look.session.execute(pick(sa.func.min(line.at)).where(*due)).scalar()
    return found


def last_decision(look: Look) -> int:
    """The number of the record's last decision; 0 when there is none."""
    line = RecordLine
    query = pick(line.number).where(col(line.verb).in_(DECISIONS), col(line.outcome) == Outcome.DONE)
    return int(look.session.execute(query.order_by(col(line.number).desc()).limit(1)).scalar() or 0)
