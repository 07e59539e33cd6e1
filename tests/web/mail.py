"""A mail server of our own on this machine, which keeps what it is given and can be told what to refuse."""

import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from planner.outputs.mail import MailServer

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Message

SENDER = "threshold@example.org"


class Postbox(Message):
    """What came, whole; mailboxes in `unknown` are refused, and with `closed` every letter is put off."""

    def __init__(self) -> None:
        super().__init__(EmailMessage)
        self.came: list[Any] = []
        self.unknown: set[str] = set()
        self.closed = False

    async def handle_RCPT(  # noqa: N802  (the library's name)
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.closed:
            return "451 try again later"
        return str(await super().handle_DATA(server, session, envelope))

    def handle_message(self, message: Any) -> None:
        self.came.append(message)

    def texts(self) -> list[str]:
        return [str(message.get_payload(decode=True).decode()) for message in self.came]


@contextmanager
def mail_server(*checkpoints_to: str) -> Iterator[tuple[MailServer, Postbox]]:
    """The server as an installation would name it, and its postbox."""
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield MailServer("127.0.0.1", port, "none", SENDER, checkpoints_to=checkpoints_to), box
    finally:
        controller.stop()
