"""Mail: how it is set up, and a letter handed to the installation's own mail server; nothing here knows the database.

What is set up stands in a file beside the settings, because it may hold a password.
"""

import smtplib
import ssl
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple

from planner.errors import InputError, StorageError
from planner.outputs.letters import Letter
from planner.rules.mailboxes import is_mailbox

PATIENCE_SECONDS = 20
PORTS = {"starttls": 587, "tls": 465, "none": 25}
BROKEN = (OSError, smtplib.SMTPException)
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class MailServer:
    """The server that takes our mail; `security` is starttls, tls, or on this machine alone none."""

    host: str
    port: int
    security: str
    sender: str
    user_name: str = ""
    password: str = ""
    checkpoints_to: tuple[str, ...] = ()


class Handed(NamedTuple):
    """What became of a letter: taken by the server, or what it said instead."""

    letter: Letter
    trouble: str = ""


def load_mail(path: Path | None) -> MailServer | None:
    """The mail server of a TOML file; None without a file; StorageError, and no server, where it lacks something."""
    if path is None:
        return None
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StorageError(f"PLANNER_MAIL_FILE: {path.name} cannot be read: {error}.") from error
    try:
        return _server(said)
    except InputError as error:
        raise StorageError(f"PLANNER_MAIL_FILE: {error}") from error


def _server(said: Mapping[str, Any]) -> MailServer:
    host, security = _word(said, "host"), _word(said, "security", "starttls")
    if not host:
        raise InputError("host is missing: name the server that takes your mail.")
    if security not in PORTS or (security == "none" and host not in HERE):
        raise InputError(f"security is {security!r}: give starttls or tls; none is for a server on this machine.")
    port = said.get("port", PORTS[security])
    if not isinstance(port, int) or not 0 < port < 65536:
        raise InputError(f"port is {port!r}: give a number such as {PORTS[security]}.")
    named = said.get("checkpoints_to", [])
    if not isinstance(named, list):
        raise InputError("checkpoints_to is a list of mailboxes.")
    return MailServer(
        host,
        port,
        security,
        _mailbox(_word(said, "sender"), "sender"),
        _word(said, "user_name"),
        _word(said, "password"),
        tuple(_mailbox(str(each), "checkpoints_to") for each in named),
    )


def _mailbox(text: str, name: str) -> str:
    if not is_mailbox(text):
        raise InputError(f"{name} is {text!r}: give a mailbox such as threshold@example.org.")
    return text


def _word(said: Mapping[str, Any], name: str, otherwise: str = "") -> str:
    found = said.get(name, otherwise)
    if not isinstance(found, str):
        raise InputError(f"{name} is {found!r}: give it in quotes.")
    return found


def hand_over(server: MailServer, letters: Iterable[Letter]) -> list[Handed]:
    """Give every letter to the mail server over one connection; what fails is told beside its letter.

    A trouble is the server's own words without an address: it is kept and shown.
    """
    waiting = list(letters)
    handed: list[Handed] = []
    try:
        with connected(server) as link:
            for letter in waiting:
                handed.append(Handed(letter, sent(link, _message(server, letter))))
    except BROKEN as error:
        handed += [Handed(letter, broken_words(error)) for letter in waiting[len(handed) :]]
    return handed


def broken_words(error: Exception) -> str:
    """Why a letter was not even refused: the link broke, or there was none."""
    return f"the mail server did not take it: {type(error).__name__}"


def connected(server: MailServer) -> smtplib.SMTP:
    """A link to the mail server; one of BROKEN where there is none."""
    safe = ssl.create_default_context()
    if server.security == "tls":
        link: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_SECONDS, context=safe)
    else:
        link = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)
    try:
        if server.security == "starttls":
            link.starttls(context=safe)
        if server.user_name:
            link.login(server.user_name, server.password)
    except (OSError, smtplib.SMTPException):
        link.close()
        raise
    return link


def sent(link: smtplib.SMTP, message: EmailMessage) -> str:
    """Nothing when the server took it, else why not; a link that broke is for the caller."""
    try:
        link.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        return f"the mail server does not know this mailbox (code {code})"
    except smtplib.SMTPResponseException as error:
        return f"the mail server refused it (code {error.smtp_code})"
    return ""


def _message(server: MailServer, letter: Letter) -> EmailMessage:
    """Plain text alone: nothing in it is fetched when it is read."""
    message = EmailMessage()
    message["From"], message["To"] = server.sender, letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.key}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message
