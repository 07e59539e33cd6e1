"""Invitations to case conferences on their way to the mail server: taken, handed over and settled one by one.

Whoever is killed between the server's word and the commit leaves a receipt, a file of microseconds instead of a commit
of milliseconds: the next turn on this machine settles the letter without sending it again. What no sender can know is
whether a server took a letter whose word never came; that one is sent again, with the same Message-ID.
"""

import contextlib
from pathlib import Path
from typing import NamedTuple

from planner.outputs.calendar_entries import Mailbox
from planner.outputs.invitations import Invitation, invitation_message
from planner.outputs.mail import BROKEN, MailServer, broken_words, connected, sent
from planner.outputs.organizer import NAME
from planner.services.conference_mail import Posted, put_off_invitations, settle_invitation, take_invitation
from planner.settings import Settings
from planner.views.conference_mail import settled
from planner.work import Desk

MOST_AT_ONCE = 500


class Receipts(NamedTuple):
    """The letters that a server took and that are not settled yet, each an empty file."""

    folder: Path

    def keep(self, key: str) -> None:
        """A full or closed disk costs the receipt, never the letter."""
        with contextlib.suppress(OSError):
            (self.folder / key).touch()

    def has(self, key: str) -> bool:
        return (self.folder / key).exists()

    def kept(self) -> list[str]:
        with contextlib.suppress(OSError):
            return [file.name for file in self.folder.iterdir()]
        return []

    def drop(self, key: str) -> None:
        with contextlib.suppress(OSError):
            (self.folder / key).unlink()


class Invited(NamedTuple):
    """How many invitations were sent, and how many wait on because they were not taken."""

    sent: int = 0
    waiting: int = 0


def deliver_invitations(desk: Desk, settings: Settings, server: MailServer) -> Invited:
    """Hand over what is due; a letter is taken right before, so that a slow server never outlasts its turn."""
    done, waiting, receipts = 0, 0, _receipts(settings)
    _sweep(desk, receipts)
    posted = _taken(desk, receipts)
    if posted is None:
        return Invited()
    try:
        with connected(server) as link:
            while posted is not None:
                message = invitation_message(_invitation(posted, settings, server), key=posted.key, at=desk.clock())
                trouble = sent(link, message)
                if not trouble:
                    receipts.keep(posted.key)
                _settle(desk, posted, trouble)
                receipts.drop(posted.key)
                done, waiting = done + (not trouble), waiting + bool(trouble)
                posted = _taken(desk, receipts) if done + waiting < MOST_AT_ONCE else None
    except BROKEN as error:
        if posted is not None:
            _settle(desk, posted, broken_words(error))
            waiting += 1
        with desk.writing() as work:
            waiting += put_off_invitations(work, broken_words(error))
    return Invited(done, waiting)


def _receipts(settings: Settings) -> Receipts:
    folder = settings.var / "sent"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return Receipts(folder)


def _sweep(desk: Desk, receipts: Receipts) -> None:
    """A turn that was killed once it had settled a letter left the receipt behind."""
    kept = receipts.kept()
    if not kept:
        return
    with desk.reading() as look:
        done = settled(look, kept)
    for key in done:
        receipts.drop(key)


def _taken(desk: Desk, receipts: Receipts) -> Posted | None:
    """The next letter; one that a killed turn had handed over is settled on the way."""
    while True:
        with desk.writing() as work:
            posted = take_invitation(work)
        if posted is None or not receipts.has(posted.key):
            return posted
        _settle(desk, posted, "")
        receipts.drop(posted.key)


def _settle(desk: Desk, posted: Posted, trouble: str) -> None:
    with desk.writing() as work:
        settle_invitation(work, posted, trouble)


def _invitation(posted: Posted, settings: Settings, server: MailServer) -> Invitation:
    return Invitation(
        uid=posted.uid,
        sequence=posted.sequence,
        method=posted.method,
        starts_at=posted.starts_at,
        ends_at=posted.ends_at,
        written_at=posted.written_at,
        organizer=Mailbox(name=NAME, address=server.sender),
        invited=Mailbox(name=posted.agency, address=posted.to),
        url=f"{settings.public_url}/my_part",
        occurrence=posted.occurrence,
        changed=posted.changed,
    )
