"""`planner replies`: answers to invitations, out of a mailbox into the conferences; again and again the same result."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.actors import MAIL
from planner.cli.edge import answer, open_database
from planner.errors import InputError
from planner.inputs.letterboxes import Fetched, ImapServer, from_imap, from_maildir
from planner.rules.counts import count_words
from planner.rules.invitation_words import ReplyOutcome
from planner.services.conference_replies import NO_SENDER, take_reply
from planner.work import Desk

PASSWORD = "PLANNER_IMAP_PASSWORD"
WORDS = {
    ReplyOutcome.KEPT: ("answer kept", "answers kept"),
    ReplyOutcome.NOTHING_NEW: ("says nothing new", "say nothing new"),
    ReplyOutcome.FOR_A_PERSON: ("waits for a person", "wait for a person"),
    ReplyOutcome.REFUSED: ("not taken", "not taken"),
}


def replies(
    maildir: Annotated[Path | None, typer.Option(metavar="DIR", help="With its folders new and cur.")] = None,
    imap: Annotated[str | None, typer.Option(metavar="HOST", help="An IMAP server that speaks TLS.")] = None,
    port: Annotated[int, typer.Option(help="Of the IMAP server.")] = 993,
    user: Annotated[str, typer.Option(help="At the IMAP server.")] = "",
    password_file: Annotated[Path | None, typer.Option(help=f"Its first line; or set {PASSWORD}.")] = None,
    folder: Annotated[str, typer.Option(help="Of the mailbox.")] = "INBOX",
    security: Annotated[str, typer.Option(help="tls; none is for a server on this machine.")] = "tls",
) -> None:
    """Take in replies to invitations: what cannot be kept stands on the conference, with from whom and why."""
    if (maildir is None) == (imap is None):
        raise InputError("Give either --maildir DIR or --imap HOST.")
    if maildir is not None:
        found = from_maildir(maildir)
    else:
        found = from_imap(ImapServer(imap or "", port, user, _password(password_file), folder, _secured(security)))
    told = list(_taken_in(Desk(open_database()), found))
    counted = Counter(item["outcome"] for item in told)
    lines = [f"{item['from']}: {item['sentence']}" for item in told]
    lines += [count_words(counted[each], *WORDS[each]) + "." for each in ReplyOutcome if counted[each]]
    answer({**{each.value: counted[each] for each in ReplyOutcome}, "replies": told}, lines or ["Nothing new came."])


def _taken_in(desk: Desk, found: Iterator[Fetched]) -> Iterator[dict[str, Any]]:
    """Each in a commit of its own, and marked after it: killed in between, the next run finds it taken in before."""
    for message in found:
        with desk.writing() as work:
            work.actor = MAIL
            verdict = take_reply(work, message.incoming)
        message.mark()
        sender = message.incoming.sender or NO_SENDER
        yield {"from": sender, "outcome": verdict.outcome, "sentence": verdict.sentence}


def _secured(said: str) -> str:
    if said not in ("tls", "none"):
        raise InputError(f"--security is {said!r}: give tls, or none for a server on this machine.")
    return said


def _password(file: Path | None) -> str:
    """Never an argument: those stand in the list of processes and in the shell's history."""
    if file is None:
        if not (said := os.environ.get(PASSWORD, "")):
            raise InputError(f"Give the password with --password-file FILE, or in {PASSWORD}.")
        return said
    try:
        return file.read_text("utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The file {file} cannot be read. Check its name.") from error
