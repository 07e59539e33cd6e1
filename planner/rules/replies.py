"""Whether a reply to an invitation changes what an agency answered: only its last one, to the last that it was told."""

from datetime import datetime
from typing import NamedTuple

from planner.rules.invitation_words import InvitationAnswer, ReplyOutcome

LARGEST = 256 * 1024
LONGEST_COMMENT = 300


class Reply(NamedTuple):
    """What a reply says, in plain values: nothing else of it is ever kept."""

    uid: str
    occurrence: str
    sequence: int
    stamp: datetime
    attendee: str
    said: InvitationAnswer
    comment: str = ""


class Incoming(NamedTuple):
    """What came: its digest, who sent it, and a reply, or what became of it without one and why.

    `vouched`: a bare calendar file, which has no sender; the person who hands it in stands for it.
    """

    digest: str
    sender: str = ""
    reply: Reply | None = None
    outcome: ReplyOutcome = ReplyOutcome.REFUSED
    sentence: str = ""
    uid: str = ""
    vouched: bool = False


class Verdict(NamedTuple):
    outcome: ReplyOutcome
    sentence: str


class Told(NamedTuple):
    """What the agency was told last, and what it answered last, if it did."""

    sequence: int
    stamp: datetime | None
    said: InvitationAnswer | None


def judge(reply: Reply, told: Told) -> Verdict:
    """Kept, nothing new, or for a person; in this order, by SEQUENCE and DTSTAMP (RFC 5546, 2.1.5)."""
    if reply.sequence > told.sequence:
        return Verdict(
            ReplyOutcome.FOR_A_PERSON,
            f"It answers change {reply.sequence} of the invitation; the last one that was sent is {told.sequence}.",
        )
    if reply.sequence < told.sequence:
        return Verdict(
            ReplyOutcome.NOTHING_NEW,
            f"It answered an earlier time: change {reply.sequence} of the invitation, and {told.sequence} is the last.",
        )
    if told.stamp is not None and reply.stamp < told.stamp:
        return Verdict(ReplyOutcome.NOTHING_NEW, "It is older than the answer that is kept.")
    if told.stamp is not None and (reply.stamp, reply.said) == (told.stamp, told.said):
        return Verdict(ReplyOutcome.NOTHING_NEW, "It says what is kept already.")
    return Verdict(ReplyOutcome.KEPT, "It is kept.")
