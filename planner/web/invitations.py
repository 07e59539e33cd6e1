"""Invitations to case conferences on their way to the mail server: taken, handed over and settled one by one."""

from typing import NamedTuple

from planner.outputs.calendar_entries import Mailbox
from planner.outputs.invitations import ORGANIZER_NAME, Invitation, invitation_message
from planner.outputs.mail import BROKEN, MailServer, broken_words, connected, sent
from planner.services.conference_mail import Posted, put_off_invitations, settle_invitation, take_invitation
from planner.settings import Settings
from planner.work import Desk

MOST_AT_ONCE = 500


class Invited(NamedTuple):
    """How many invitations were sent, and how many wait on because they were not taken."""

    sent: int = 0
    waiting: int = 0


def deliver_invitations(desk: Desk, settings: Settings, server: MailServer) -> Invited:
    """Hand over what is due; a letter is taken right before, so that a slow server never outlasts its turn."""
    done, waiting = 0, 0
    posted = _taken(desk)
    if posted is None:
        return Invited()
    try:
        with connected(server) as link:
            while posted is not None:
                message = invitation_message(_invitation(posted, settings, server), key=posted.key, at=desk.clock())
                trouble = sent(link, message)
                _settle(desk, posted, trouble)
                done, waiting = done + (not trouble), waiting + bool(trouble)
                posted = _taken(desk) if done + waiting < MOST_AT_ONCE else None
    except BROKEN as error:
        if posted is not None:
            _settle(desk, posted, broken_words(error))
            waiting += 1
        with desk.writing() as work:
            waiting += put_off_invitations(work, broken_words(error))
    return Invited(done, waiting)


def _taken(desk: Desk) -> Posted | None:
    with desk.writing() as work:
        return take_invitation(work)


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
        organizer=Mailbox(name=ORGANIZER_NAME, address=server.sender),
        invited=Mailbox(name=posted.agency, address=posted.to),
        url=f"{settings.public_url}/my_part",
        occurrence=posted.occurrence,
    )
