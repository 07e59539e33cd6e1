"""What leaves the product by mail: that something waits, and where; never what, where or when.

A mailbox is read on locked screens, forwarded and kept by others. So a letter says no more than a stranger may know;
the sentence itself stands behind the sign-in.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from planner.rules.checkpoints import Checkpoint, as_line, dated
from planner.rules.counts import count_words

SOMETHING = "Something has changed."
MOST_LINES = 20


class Letter(NamedTuple):
    """One letter to one mailbox; the same `key` marks the same letter sent again."""

    to: str
    subject: str
    body: str
    at: datetime
    key: str


class Line(NamedTuple):
    """A notice as it may be told outside: in these words, leading to this path."""

    number: int
    outside: str
    path: str


def letter_of_notices(to: str, lines: Sequence[Line], *, public_url: str, at: datetime) -> Letter:
    """Everything that waits for one mailbox, in one letter."""
    shown = [f"{line.outside or SOMETHING}\n{public_url}{line.path or '/'}" for line in lines[:MOST_LINES]]
    more = len(lines) - len(shown)
    if more:
        shown.append(f"And {count_words(more, 'more thing')} on your first page.\n{public_url}/")
    subject = f"Threshold: {count_words(len(lines), 'thing waits', 'things wait')} for you"
    head = "You are told this because you hold a post in a campaign. What it is about stands behind the sign-in."
    return Letter(to, subject, "\n\n".join([*shown, head]) + "\n", at, _key(to, [line.number for line in lines]))


def letter_of_checkpoint(to: str, point: Checkpoint, *, at: datetime) -> Letter:
    """Where the record stood, to be kept by somebody who cannot change it."""
    body = (
        f"On {dated(point.at)} the record had {point.lines:,} lines. Keep this letter: the line below, in a file, "
        "is what `planner record verify --checkpoint FILE` compares the record with.\n\n"
        f"{as_line(point)}\n"
    )
    return Letter(to, f"Threshold: checkpoint {point.lines:,} of the record", body, at, _key(to, [point.hash]))


def _key(to: str, what: Sequence[object]) -> str:
    return hashlib.sha256("\n".join([to, *map(str, what)]).encode()).hexdigest()[:32]
