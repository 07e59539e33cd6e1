"""`/setup`: the first run, on loopback, while nobody has an account: the exercise, or an empty installation."""

import logging
import secrets
import threading
from dataclasses import dataclass

from sqlmodel import select
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import PlannerError, Refused
from planner.models.accounts import Account
from planner.services.accounts import FINISHED, add_first_account
from planner.services.exercise import load_pentameter2
from planner.services.passwords import SHORTEST_PASSWORD
from planner.services.sign_in import Entry, go_on, sign_in
from planner.settings import Settings
from planner.web import plain
from planner.web.origins import is_loopback, same_origin, typed
from planner.web.sign_in import entered
from planner.work import Desk

log = logging.getLogger("planner")
FIRST_USER = "cell"
OFFER = (
    "<p>This installation is empty. Start with a fictional campaign of the size of Operation Pentameter 2: "
    "822 actions by 55 forces, with partners, case conferences and places of care.</p>"
    '<form method="post" action="/setup"><button>Load the Pentameter 2 exercise</button></form>'
    "<section><h2>Or set up a real operation</h2><p>Make the first account, for the national cell. "
    "The set-up code stands in the window where the server was started.</p>"
    '<form method="post" action="/setup/account"><label for="code">Set-up code</label>'
    '<input id="code" name="code" autocomplete="off" autocapitalize="none" spellcheck="false" required>'
    '<label for="user">User name</label><input id="user" name="user" autocomplete="username" '
    'autocapitalize="none" spellcheck="false" required>'
    f'<label for="password">Password, at least {SHORTEST_PASSWORD} characters</label>'
    '<input id="password" name="password" type="password" autocomplete="new-password" '
    f'minlength="{SHORTEST_PASSWORD}" required><button class="second">Set up an empty installation</button>'
    "</form></section>"
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
        self.code = secrets.token_hex(4)
        self.progress = Progress()
        self._guard = threading.Lock()

    def routes(self) -> list[Route]:
        return [
            Route("/setup", self.show, methods=["GET"]),
            Route("/setup", self.begin, methods=["POST"]),
            Route("/setup/account", self.first_account, methods=["POST"]),
        ]

    def tell_code(self) -> None:
        """On the server's own console: who reads it has the machine."""
        if is_empty(self.database):
            print(f"Set-up code for an empty installation: {self.code}", flush=True)  # noqa: T201

    async def show(self, request: Request) -> Response:
        if not is_loopback(request, self.settings):
            return PlainTextResponse("Not found", 404)
        if not await run_in_threadpool(is_empty, self.database):
            return await run_in_threadpool(self._enter) if self.progress.started else RedirectResponse("/login", 303)
        if self.progress.refused:
            return _offer(self.progress.refused, 409)
        if self.progress.started:
            return HTMLResponse(plain.page("Loading the exercise", self._state(), refresh_seconds=1))
        return _offer()

    def _state(self) -> str:
        done, total = self.progress.done, self.progress.total
        share = f": {done:,} of {total:,}" if total else ""
        bar = f'<progress aria-label="Loading" max="{total}" value="{done}"></progress>' if total else ""
        sentence = f"{self.progress.what}{share}. This takes about ten seconds; the page goes on by itself."
        return f'<p role="status">{sentence}</p>{bar}'

    async def begin(self, request: Request) -> Response:
        if not is_loopback(request, self.settings) or not same_origin(request):
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
        except Exception:
            log.exception("the exercise could not be loaded")
            self.progress = Progress(refused="The exercise could not be loaded; nothing was written.")

    def _enter(self) -> Response:
        """Who loaded the exercise on this machine goes straight on to it, once."""
        self.progress = Progress()
        with Desk(self.database).writing() as work:
            entry = sign_in(work, FIRST_USER, right=True, loopback=True)
        return self._signed_in(entry)

    def _signed_in(self, entry: Entry | None) -> Response:
        return entered(entry, "/", self.settings) if entry else RedirectResponse("/login", 303)

    async def first_account(self, request: Request) -> Response:
        if not is_loopback(request, self.settings) or not same_origin(request):
            return PlainTextResponse("Not found", 404)
        if not await run_in_threadpool(is_empty, self.database):
            return _finished()
        form = await request.form()
        try:
            return self._signed_in(await run_in_threadpool(self._make, form))
        except PlannerError as error:
            empty = await run_in_threadpool(is_empty, self.database)
            return _offer(str(error), 409) if empty else _finished()

    def _make(self, form: FormData) -> Entry:
        """Make the account and sign it in; a wrong code is replaced, so that it cannot be guessed at leisure."""
        given, expected = typed(form, "code").strip().encode(), self.code.encode()
        if not secrets.compare_digest(given, expected):
            self.code = secrets.token_hex(4)
            self.tell_code()
            raise Refused("The set-up code is wrong. A new one stands in the server's window.")
        user_name = typed(form, "user")
        with Desk(self.database).writing() as work:
            account = add_first_account(work, user_name, typed(form, "password"))
            return go_on(work, account, "a password", "/")


def _finished() -> Response:
    body = plain.error(FINISHED) + plain.link("/login", "Sign in")
    return HTMLResponse(plain.page("Set up already", body), 409)


def _offer(sentence: str = "", status: int = 200) -> Response:
    return HTMLResponse(plain.page("Set up", plain.error(sentence) + OFFER), status)
