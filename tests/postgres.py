"""A PostgreSQL server of the tests' own: an unprivileged account, durable, reached by a socket alone."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg

from tests.needs import postgres_binaries

OWNER = "planner"
ROOMY = 1 << 30  # bytes free before the memory file system is preferred
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server; databases are cloned from one another because that is quicker than migrating each."""

    sockets: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        return f"postgresql://{OWNER}@/{database}?host={self.sockets}"

    def create(self, name: str | None = None, *, template: str = "template1") -> str:
        """Make a database and return its name."""
        name = name or f"test_{next(self.numbers)}"
        # Its files as they are, which halves the time of a small one; before version 15 there was no other way.
        strategy = " STRATEGY FILE_COPY" if self.version >= 15_00_00 else ""
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{strategy}')
        return name

    @cached_property
    def version(self) -> int:
        """As the server says it: 15_00_18 is 15.18."""
        with psycopg.connect(self.url("postgres")) as connection:
            return connection.info.server_version

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_server() -> Iterator[Server]:
    """A fresh server, stopped and swept away on leaving; it also dies with the test run that is killed."""
    binaries = postgres_binaries()
    assert binaries is not None, "ask need('postgres') first"
    folder = Path(tempfile.mkdtemp(prefix="planner-pg-", dir=_roomiest()))
    sockets = Path(tempfile.mkdtemp(prefix="planner-pg-"))  # a socket's path may be 107 bytes long
    try:
        _give_away(folder, sockets)
        _initialise(binaries, folder / "data")
        with _serving(binaries, folder, sockets) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(sockets, ignore_errors=True)


@contextmanager
def _serving(binaries: Path, folder: Path, sockets: Path) -> Iterator[Server]:
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(sockets)]
    settings = ["listen_addresses=", "max_connections=300", "unix_socket_permissions=0777"]
    command += [part for setting in settings for part in ("-c", setting)]
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(_unprivileged(command), stdout=output, stderr=output, cwd=folder)
    try:
        server = Server(sockets)
        _await(server, process, log)
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # fast shutdown: sessions are ended, files are closed
        _reap(process)


def _reap(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _await(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(server.url("postgres")).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _initialise(binaries: Path, data: Path) -> None:
    command = [
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        OWNER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
    ]
    done = subprocess.run(_unprivileged([*command, "--no-sync"]), capture_output=True, text=True, cwd=data.parent)
    if done.returncode:
        raise RuntimeError(f"initdb refused:\n{done.stderr}")


def _roomiest() -> str | None:
    """Memory, where there is enough of it: every setting stays durable and the tests stay quick."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOMY else None


def _account() -> pwd.struct_passwd | None:
    """Whom to become: initdb refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _give_away(*folders: Path) -> None:
    account = _account()
    for folder in folders:
        folder.chmod(0o755)
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)


def _unprivileged(command: Sequence[str]) -> list[str]:
    setpriv, account = shutil.which("setpriv"), _account()
    if account and not setpriv:
        raise RuntimeError("PostgreSQL refuses to run as root, and setpriv is not installed to become someone else.")
    if not setpriv:
        return list(command)
    become = [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"] if account else []
    return [setpriv, "--pdeathsig=QUIT", *become, *command]
