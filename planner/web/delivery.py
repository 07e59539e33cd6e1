"""What the clock hands to the mail server: notices that wait, where the record stands, invitations."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from planner.db import Database
from planner.outputs.letters import Letter, Line, letter_of_checkpoint, letter_of_notices
from planner.outputs.mail import MailServer, hand_over
from planner.rules.checkpoints import Checkpoint
from planner.services.checkpoints import last_decision, read_checkpoints
from planner.services.outbox import Told, settle_turn, take_turn
from planner.settings import Settings
from planner.web.invitations import deliver_invitations
from planner.work import Desk, utc_now

log = logging.getLogger("planner")
CHECKPOINT_EVERY = timedelta(hours=1)


class Delivered(NamedTuple):
    """How many notices were told, and how many wait on because their mail was not taken; and of invitations."""

    told: int
    waiting: int
    invited: int = 0
    invitations_waiting: int = 0


@dataclass
class Delivery:
    """One installation's post: what was sent last is remembered until the server ends."""

    database: Database
    settings: Settings
    server: MailServer
    mailed: Checkpoint | None = None
    clock: Callable[[], datetime] = utc_now

    def deliver(self) -> Delivered:
        """Hand over what waits, and note where the record stands with those who are to know."""
        desk = Desk(self.database, clock=self.clock)
        with desk.writing() as work:
            told, now = take_turn(work), work.now
        packed = _packed(told, self.settings, now)
        sent: list[int] = []
        failed: dict[int, str] = {}
        for (_, numbers), item in zip(packed, hand_over(self.server, [each for each, _ in packed]), strict=True):
            if item.trouble:
                failed |= dict.fromkeys(numbers, item.trouble)
            else:
                sent += numbers
        if told:
            with desk.writing() as work:
                settle_turn(work, sent, failed)
        self._checkpoint(now)
        return Delivered(len(sent), len(failed), *deliver_invitations(desk, self.settings, self.server))

    def _checkpoint(self, now: datetime) -> None:
        """A decision's checkpoint leaves with the next round, any other once an hour."""
        points = read_checkpoints(self.settings.checkpoints).points
        if not points or not self.server.checkpoints_to:
            return
        last = max(points, key=lambda point: point.lines)
        with Desk(self.database).reading() as look:
            decided = last_decision(look)
        if self.mailed is not None and not _is_worth_a_letter(last, self.mailed, decided):
            return
        letters = [letter_of_checkpoint(to, last, at=now) for to in self.server.checkpoints_to]
        if all(not item.trouble for item in hand_over(self.server, letters)):
            self.mailed = last
        else:
            log.warning("the checkpoint of line %d of the record was not taken by the mail server", last.lines)


def _is_worth_a_letter(last: Checkpoint, mailed: Checkpoint, decided: int) -> bool:
    grown = last.lines > mailed.lines
    return grown and (last.lines >= decided > mailed.lines or last.at - mailed.at >= CHECKPOINT_EVERY)


def _packed(told: tuple[Told, ...], settings: Settings, now: datetime) -> list[tuple[Letter, list[int]]]:
    """One letter a mailbox, and which notices it tells of."""
    ordered = sorted(told, key=lambda each: (each.mailbox, each.number))
    packed: list[tuple[Letter, list[int]]] = []
    for mailbox, group in groupby(ordered, key=lambda each: each.mailbox):
        lines = [Line(each.number, each.outside, each.path) for each in group]
        letter = letter_of_notices(mailbox, lines, public_url=settings.public_url, at=now)
        packed.append((letter, [line.number for line in lines]))
    return packed
