"""Where replies are fetched from: a Maildir, or a folder on an IMAP server; what was taken in is marked as seen."""

import hashlib
import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from planner.errors import InputError, StorageError
from planner.inputs.replies import read_incoming, too_large
from planner.outputs.mail import HERE
from planner.rules.replies import LARGEST, Incoming

PATIENCE_SECONDS = 30
MOST_AT_ONCE = 1000
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class Fetched(NamedTuple):
    """One message, and what is to be done once it is taken in: it is not fetched again."""

    incoming: Incoming
    mark: Callable[[], None]


class ImapServer(NamedTuple):
    """Where the mail is kept; `security` is tls, or on this machine alone none."""

    host: str
    port: int
    user_name: str
    password: str
    folder: str = "INBOX"
    security: str = "tls"


def from_maildir(folder: Path) -> Iterator[Fetched]:
    """The messages of a Maildir that nobody has seen; each is moved to `cur` with the flag S once it is taken in."""
    new, current = folder / "new", folder / "cur"
    if not (new.is_dir() and current.is_dir()):
        raise InputError(f"{folder} is no Maildir: it needs the folders new and cur. Name the folder that holds them.")
    waiting = [path for path in sorted(new.iterdir()) if not path.name.startswith(".")]
    waiting += [path for path in sorted(current.iterdir()) if "S" not in path.name.rpartition(":2,")[2]]
    for path in waiting[:MOST_AT_ONCE]:
        try:
            yield Fetched(_from_file(path), partial(_seen, path, current))
        except FileNotFoundError:
            continue  # another run was quicker
        except OSError as error:
            raise StorageError(f"The message {path.name} cannot be read: {error.strerror}.") from error


def _from_file(path: Path) -> Incoming:
    if (size := path.stat().st_size) > LARGEST:
        with path.open("rb") as file:
            return too_large(hashlib.file_digest(file, "sha256").hexdigest(), size)
    return read_incoming(path.read_bytes())


def _seen(path: Path, current: Path) -> None:
    """Flags stand in a Maildir's file names, in alphabetical order, each once."""
    name, _, flags = path.name.partition(":2,")
    try:
        path.rename(current / f"{name}:2,{''.join(sorted({*flags, 'S'}))}")
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageError(f"The message {path.name} was taken in and cannot be moved: {error.strerror}.") from error


def from_imap(server: ImapServer) -> Iterator[Fetched]:
    """The unseen messages of the folder, each flagged as seen once it is taken in."""
    try:
        with _folder(server) as link:
            _, found = link.uid("SEARCH", "UNSEEN")
            for number in (found[0] or b"").decode().split()[:MOST_AT_ONCE]:
                yield Fetched(_from_server(link, server, number), partial(_flag, link, server, number))
    except (OSError, imaplib.IMAP4.error) as error:
        raise StorageError(_away(server, error)) from error


@contextmanager
def _folder(server: ImapServer) -> Iterator[imaplib.IMAP4]:
    link = _connected(server)
    try:
        link.login(server.user_name, server.password)
        said, _ = link.select(f'"{server.folder}"')
        if said != "OK":
            raise InputError(f"There is no folder {server.folder} on {server.host}. Name one with --folder.")
        yield link
    finally:
        try:
            link.logout()
        except (OSError, imaplib.IMAP4.error):
            link.shutdown()


def _connected(server: ImapServer) -> imaplib.IMAP4:
    if server.security == "tls":
        safe = ssl.create_default_context()
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=safe, timeout=PATIENCE_SECONDS)
    if server.host not in HERE:
        raise InputError("Without TLS a password is sent only to a server on this machine.")
    return imaplib.IMAP4(server.host, server.port, timeout=PATIENCE_SECONDS)


def _from_server(link: imaplib.IMAP4, server: ImapServer, number: str) -> Incoming:
    _, said = link.uid("FETCH", number, "(RFC822.SIZE)")
    size = next((int(found[1]) for part in said if isinstance(part, bytes) and (found := _SIZE.search(part))), 0)
    if size > LARGEST:
        name = f"{server.host}\n{server.user_name}\n{server.folder}\n{number}\n{size}"
        return too_large(hashlib.sha256(name.encode()).hexdigest(), size)
    _, said = link.uid("FETCH", number, "(BODY.PEEK[])")
    return read_incoming(next((part[1] for part in said if isinstance(part, tuple)), b""))


def _flag(link: imaplib.IMAP4, server: ImapServer, number: str) -> None:
    try:
        link.uid("STORE", number, "+FLAGS", "(\\Seen)")
    except (OSError, imaplib.IMAP4.error) as error:
        raise StorageError(_away(server, error)) from error


def _away(server: ImapServer, error: Exception) -> str:
    words = f"{type(error).__name__}: check host, port, user name, password and folder"
    return f"The mail server {server.host} did not give its messages, {words}. What was taken in is kept."
