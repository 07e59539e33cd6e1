"""A small IMAP server of our own: one mailbox, what a client needs to fetch unseen messages and flag them."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Box:
    """The messages, and which of them were seen."""

    def __init__(self, messages: list[bytes]) -> None:
        self.messages, self.seen = messages, set[int]()
        self.said: list[str] = []


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True
    box: Box


class _Talk(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            self.server.box.said.append(rest.partition(" ")[0])
            if rest.startswith("LOGIN") and "right" not in rest:
                self.wfile.write(f"{tag} NO wrong password\r\n".encode())
                continue
            if rest.startswith("SELECT") and "INBOX" not in rest:
                self.wfile.write(f"{tag} NO no such folder\r\n".encode())
                continue
            self.wfile.write(self._answer(rest) + f"{tag} OK done\r\n".encode())
            if rest == "LOGOUT":
                return

    def _answer(self, rest: str) -> bytes:
        box = self.server.box
        if rest == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n"
        if rest.startswith("SELECT"):
            return f"* {len(box.messages)} EXISTS\r\n".encode()
        if rest.startswith("UID SEARCH"):
            unseen = [str(n) for n in range(1, len(box.messages) + 1) if n not in box.seen]
            return f"* SEARCH {' '.join(unseen)}\r\n".encode()
        if found := re.match(r"UID STORE (\d+)", rest):
            box.seen.add(int(found[1]))
        if found := re.match(r"UID FETCH (\d+) (.*)", rest):
            number, raw = int(found[1]), box.messages[int(found[1]) - 1]
            if "SIZE" in found[2]:
                return f"* {number} FETCH (UID {number} RFC822.SIZE {len(raw)})\r\n".encode()
            return f"* {number} FETCH (UID {number} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"
        return b"* BYE\r\n" if rest == "LOGOUT" else b""


@contextmanager
def imap_server(messages: list[bytes]) -> Iterator[tuple[int, Box]]:
    """Its port, and what it holds; the password is `right`."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = Box(messages)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1], server.box
        finally:
            server.shutdown()
            thread.join()
