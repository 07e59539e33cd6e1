"""Whose entry a conference is, in files, feeds and mails alike: the installation's own mailbox, never a person's."""

from planner.outputs.calendar_entries import Mailbox
from planner.outputs.mail import load_mail
from planner.settings import Settings

NAME = "Planner"
NO_MAIL = "planner@localhost.invalid"


def organizer(settings: Settings) -> Mailbox:
    """The sender of its mail, to which answers come; without mail, one that nobody can write to."""
    server = load_mail(settings.mail_file)
    return Mailbox(name=NAME, address=server.sender if server else NO_MAIL)
