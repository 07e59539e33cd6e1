"""Verifying the record: every line's hash, the order, the head, and checkpoints kept outside the database."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from planner.db import pick
from planner.models.records import RecordHead, RecordLine, hash_of_line
from planner.rules.checkpoints import Checkpoint, dated
from planner.rules.counts import count_words
from planner.services.checkpoints import Kept, decision_without_a_file, read_checkpoints
from planner.services.guards import missing_guards
from planner.work import Look

FIRST = "0" * 64
AT_ONCE = 1000
GUARD_GONE = (
    "The database refuses no longer to change the record: its trigger {name} is missing, switched off or another one. "
    "Ask who owns the tables what happened, and put it back as `planner init` made it."
)
NO_FILE = (
    "No checkpoint is left in {file}, although the record holds a decision of {at}, which one must have followed. "
    "Compare with a copy of the file that is kept apart: --checkpoint names it."
)
# What reading a value that the application could never have written raises: no time, no outcome, no text.
UNREADABLE = (ValueError, LookupError, TypeError, OperationalError)


class Verdict(NamedTuple):
    """Whether the chain is whole; `broken_at` is the number of the first broken line.

    `findings` are sentences about what guards it: a trigger that is missing, checkpoints that are gone or garbled.
    """

    whole: bool
    lines: int
    head: str
    broken_at: int | None
    sentence: str
    checkpoints: int = 0
    findings: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return self.whole and not self.findings


class Trouble(NamedTuple):
    broken_at: int
    sentence: str


class Unreadable(NamedTuple):
    """A line that holds what cannot even be read."""

    number: int


def verify_record(look: Look, checkpoints: Path | None = None) -> Verdict:
    """Walk the chain from its first line and compare it with the head and, where given, the checkpoints.

    Lines are read in portions: the record may be longer than the memory.
    """
    kept = read_checkpoints(checkpoints) if checkpoints else Kept()
    verdict = _walked(look, kept)
    # A chain that is broken may hold what cannot be read, and it says enough.
    return verdict._replace(findings=_findings(look, kept, checkpoints if verdict.whole else None))


def _walked(look: Look, kept: Kept) -> Verdict:
    noted, seen = {point.lines for point in kept.points}, {0: FIRST}
    count, previous = 0, FIRST
    for line in _lines(look):
        trouble = _line_trouble(look, line, count, previous)
        if trouble:
            return Verdict(False, count, previous, trouble.broken_at, trouble.sentence)
        count, previous = line.number, line.hash
        if count in noted:
            seen[count] = previous
    trouble = _head_trouble(look, count, previous) or _checkpoint_trouble(kept, seen, count)
    if trouble:
        return Verdict(False, count, previous, trouble.broken_at, trouble.sentence)
    return Verdict(True, count, previous, None, _praise(kept, count), len(kept.points))


def _lines(look: Look) -> Iterator[Any]:
    portion = _portion(look, None, AT_ONCE)
    while portion:
        yield from portion
        portion = _portion(look, portion[-1].number, AT_ONCE)


def _portion(look: Look, after: int | None, size: int) -> Sequence[Any]:
    """The lines after a number; a smaller portion where one of them cannot be read, down to that line alone."""
    query = pick(*RecordLine.__table__.columns).order_by(col(RecordLine.number))  # type: ignore[attr-defined]
    if after is not None:
        query = query.where(col(RecordLine.number) > after)
    try:
        rows: Sequence[Any] = look.session.execute(query.limit(size)).all()
        return rows
    except UNREADABLE:
        if size > 1:
            return _portion(look, after, size // 10)
    numbers = query.with_only_columns(RecordLine.number).limit(1)
    return [Unreadable(look.session.execute(numbers).scalar_one())]


def _line_trouble(look: Look, line: Any, count: int, previous: str) -> Trouble | None:
    due = count + 1
    if line.number > due:
        return Trouble(due, f"Line {due} of the record is missing: line {line.number} comes after line {count}.")
    if line.number < due:
        return Trouble(line.number, f"Line {line.number} of the record has no place: the first line is number 1.")
    if isinstance(line, Unreadable) or _hash_of(line) != line.hash:
        return Trouble(due, f"The record is broken at line {due}: the line is not what was written.")
    if line.previous == previous:
        return None
    if count and _is_followed(look, line):
        return Trouble(count, f"The record is broken at line {count}: line {due} was written after another one.")
    return Trouble(due, f"The record is broken at line {due}: it was not written after line {count}.")


def _hash_of(line: Any) -> str:
    try:
        return hash_of_line(line)
    except (TypeError, AttributeError, ValueError):  # bytes for a text, a word for a number
        return ""


def _is_followed(look: Look, line: Any) -> bool:
    """Whether what comes next was written after this very line, which is then the true one of two that differ."""
    following = select(RecordLine.previous).where(RecordLine.number == line.number + 1)
    head = look.session.get(RecordHead, 1)
    return bool((look.session.exec(following).first() or (head and head.hash)) == line.hash)


def _head_trouble(look: Look, count: int, previous: str) -> Trouble | None:
    head = look.session.get(RecordHead, 1)
    if head is None:
        return Trouble(count, f"The record has no head; it ends at line {count}.")
    if head.count < count:
        added = head.count + 1
        return Trouble(added, f"Line {added} of the record was added past its end, which is line {head.count}.")
    if head.count > count:
        return Trouble(count + 1, f"The record ends at line {count}; its head says line {head.count}.")
    if head.hash != previous:
        return Trouble(count, f"The record is broken at line {count}: its head names another hash for the last line.")
    return None


def _checkpoint_trouble(kept: Kept, seen: dict[int, str], count: int) -> Trouble | None:
    agreed = 0
    for point in sorted(kept.points, key=lambda point: (point.lines, point.at)):
        if point.lines > count:
            return Trouble(count + 1, f"The record was cut after line {count}: it had {point.lines} {_on(point)}.")
        if seen[point.lines] != point.hash:
            since = f"what follows line {agreed} was rewritten" if agreed else "it was rewritten from its beginning on"
            return Trouble(point.lines, f"Line {point.lines} of the record is not what it was {_on(point)}: {since}.")
        agreed = point.lines
    return None


def _on(point: Checkpoint) -> str:
    return f"when a checkpoint was written, {dated(point.at)}"


def _praise(kept: Kept, count: int) -> str:
    said = f"The record is whole: {count:,} {'line' if count == 1 else 'lines'}."
    if not kept.points:
        said += " No checkpoint is there to compare it with, so a cut end or a record rewritten whole would not show."
    else:
        last = max(kept.points, key=lambda point: (point.lines, point.at))
        said += f" It agrees with {count_words(len(kept.points), 'checkpoint')}, the last of {dated(last.at)}."
    return said


def _findings(look: Look, kept: Kept, file: Path | None) -> tuple[str, ...]:
    """What guards the record and no longer does; nothing of checkpoints where no file was named."""
    found = [GUARD_GONE.format(name=name) for name in missing_guards(look.session)]
    if kept.unreadable:
        lines = count_words(kept.unreadable, "line")
        found.append(
            f"{lines} of the file of checkpoints cannot be read. Compare with a copy of it that is kept apart."
        )
    decided = decision_without_a_file(look, kept) if file else None
    if decided:
        found.append(NO_FILE.format(file=file, at=dated(decided)))
    return tuple(found)
