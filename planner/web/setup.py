"""`/setup`: the first run. It offers the exercise, on loopback, while the database holds no account."""

import threading
from dataclasses import dataclass

from sqlmodel import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import PlannerError
from planner.models.accounts import Account
from planner.services.accounts import sign_in
from planner.services.exercise import load_pentameter2
from planner.services.exercise.people import PASSWORD
from planner.settings import Settings
from planner.web import plain
from planner.web.sign_in import is_loopback, same_origin, with_session
from planner.work import Desk

FIRST_USER = "cell"
OFFER = (
    "<p>This installation is empty. Start with a fictional campaign of the size of Operation Pentameter 2: "
    "822 actions by 55 forces, with partners, case conferences and places of care.</p>"
    '<form method="post" action="/setup"><button>Load the Pentameter 2 exercise</button></form>'
    "<section><h2>A real operation</h2><p>On this machine, run <code>planner init</code> and then "
    "<code>planner person add</code> for the first account. Then sign in.</p></section>"
)


def is_empty(database: Database) -> bool:
    """Whether nobody has an account yet."""
    with database.read() as session:
        return session.exec(select(Account.id)).first() is None


@dataclass
class Progress:
    """How far loading is; read by the page that waits."""

    started: bool = False
    what: str = "Drawing the campaign"
    done: int = 0
    total: int = 0
    refused: str = ""

    def tell(self, what: str, done: int, total: int) -> None:
        self.what, self.done, self.total = what, done, total


class SetUp:
    """The routes of the first run."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings
        self.progress = Progress()
        self._guard = threading.Lock()

    def routes(self) -> list[Route]:
        return [Route("/setup", self.show, methods=["GET"]), Route("/setup", self.begin, methods=["POST"])]

    async def show(self, request: Request) -> Response:
        empty = await run_in_threadpool(is_empty, self.database)
        if not is_loopback(request):
            return PlainTextResponse("Not found", 404)
        if not empty:
            return await run_in_threadpool(self._enter) if self.progress.started else RedirectResponse("/login", 303)
        if self.progress.refused:
            return HTMLResponse(plain.page("Set up", plain.error(self.progress.refused) + OFFER), 409)
        if self.progress.started:
            return HTMLResponse(plain.page("Loading the exercise", self._state(), refresh_seconds=1))
        return HTMLResponse(plain.page("Set up", OFFER))

    def _state(self) -> str:
        share = f": {self.progress.done:,} of {self.progress.total:,}" if self.progress.total else ""
        sentence = f"{self.progress.what}{share}. This takes about ten seconds; the page goes on by itself."
        return f'<p role="status">{sentence}</p>'

    async def begin(self, request: Request) -> Response:
        if not is_loopback(request) or not same_origin(request):
            return PlainTextResponse("Not found", 404)
        if await run_in_threadpool(is_empty, self.database):
            with self._guard:
                if not self.progress.started:
                    self.progress = Progress(started=True)
                    threading.Thread(target=self._load, daemon=True).start()
        return RedirectResponse("/setup", 303)

    def _load(self) -> None:
        try:
            load_pentameter2(self.database, progress=self.progress.tell)
        except PlannerError as error:
            self.progress = Progress(refused=str(error))

    def _enter(self) -> Response:
        """Who loaded the exercise on this machine goes straight on to it, once."""
        self.progress = Progress()
        with Desk(self.database).writing() as work:
            token = sign_in(work, FIRST_USER, PASSWORD, loopback=True)
        home = RedirectResponse("/", 303)
        return with_session(home, token, self.settings) if token else RedirectResponse("/login", 303)
