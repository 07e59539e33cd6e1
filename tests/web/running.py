"""The product as it is served: its own server in a process of its own, and a browser's websocket to an open page."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from planner.db import Database
from planner.migrations import upgrade
from planner.settings import ROOT
from tests.browser.conftest import serving
from tests.builders import World, a_world
from tests.web.site import give_account, session_of

PUBLIC = "https://plan.example.org"  # behind TLS, as an installation is
PATIENCE_SECONDS = 60
MEDIA = re.compile(r"/media/[\w.-]+")


@dataclass
class Running:
    """A server, and its world beside it."""

    address: str
    world: World
    file: Path
    log: Path
    asks: httpx.Client

    def cookie(self, name: str) -> dict[str, str]:
        """A session of somebody's, as their browser says it."""
        return {"cookie": f"__Host-planner={session_of(self.world.database, name)}"}

    @contextmanager
    def without_table(self, name: str) -> Iterator[None]:
        """While a table is missing, what asks for it breaks."""
        for old, new in ((name, "gone"), ("gone", name)):
            with sqlite3.connect(self.file) as connection:
                connection.execute(f"ALTER TABLE {old} RENAME TO {new}")
            connection.close()
            if new == "gone":
                yield


@contextmanager
def running(var: Path, names: tuple[str, ...] = ("cell",)) -> Iterator[Running]:
    file = var / "planner.db"
    database = Database(f"sqlite:///{file}")
    upgrade(database)
    world = a_world(database)
    for name in names:
        give_account(world, name)
    settings = {"PLANNER_VAR": str(var), "PLANNER_PUBLIC_URL": PUBLIC, "PLANNER_PROXIES": "127.0.0.1"}
    with (
        serving(ROOT / "streamlit_app.py", settings, log=var / "log") as address,
        httpx.Client(base_url=address, timeout=PATIENCE_SECONDS) as asks,
    ):
        yield Running(address, world, file, var / "log", asks)
    database.dispose()


@dataclass
class Seat:
    """An open page: Streamlit's number of it, and what it was sent."""

    socket: ClientConnection
    number: str = ""
    drawn: list[str] = field(default_factory=list)

    def open(self, page: str, query: str = "") -> "Seat":
        ask = BackMsg()
        ask.rerun_script.page_name, ask.rerun_script.query_string = page, query
        self.socket.send(ask.SerializeToString())
        self.drawn.clear()
        while True:
            message = ForwardMsg.FromString(bytes(self.socket.recv(PATIENCE_SECONDS)))  # type: ignore[arg-type]
            self.drawn.append(str(message))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.number = message.new_session.initialize.session_id
            if kind == "script_finished":
                return self

    @property
    def media(self) -> list[str]:
        return MEDIA.findall("\n".join(self.drawn))


@contextmanager
def seated(server: Running, cookie: dict[str, str]) -> Iterator[Seat]:
    stream = server.address.replace("http", "ws") + "/_stcore/stream"
    with connect(
        stream, additional_headers=cookie, subprotocols=["streamlit"], origin=server.address, max_size=None
    ) as socket:
        yield Seat(socket)
