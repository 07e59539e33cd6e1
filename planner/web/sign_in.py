"""`/login` and `/logout`: a plain form, one session cookie, no open redirect."""

from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import PlannerError
from planner.rules.counts import count_words
from planner.rules.sign_in_steps import StepKind
from planner.services.known_browsers import is_known
from planner.services.sessions import sign_out
from planner.services.sign_in import (
    FREE_FAILURES,
    LONGEST_WAIT,
    Entry,
    holds_exercise_alone,
    password_is_right,
    sign_in,
)
from planner.settings import Settings
from planner.web import plain
from planner.web.addresses import safe_next
from planner.web.cookies import cookie_name, forget, known_name, with_known, with_session, with_step
from planner.web.origins import is_loopback, is_own_navigation, same_origin, typed
from planner.web.providers import OwnSignIn, Provider, choices, how_words
from planner.web.second_step import SECOND, SET_UP
from planner.work import Desk

NEXT = {StepKind.SECOND_FACTOR: SECOND, StepKind.SET_UP: SET_UP}
EXERCISE = (
    "This is an exercise. Sign in as silver, gold, deputy, loggist, cell, care, partner, officer, provider or "
    "stranger; the password of each is exercise."
)
LEAVE = '<form method="post" action="/logout"><button>Sign out</button></form><p><a href="/">Stay signed in</a></p>'
ENDED = "Your session has ended. Sign in again to go on."
# Whoever fails reads the same, whether the name exists or its sign-in is paused: the answer must betray neither.
PAUSES = (
    "After "
    f"{count_words(FREE_FAILURES, 'wrong password')} each further one pauses it: for 2 seconds, then twice as long "
    f"each time, {count_words(LONGEST_WAIT // timedelta(minutes=1), 'minute')} at most."
)
NOT_SIGNED_IN = f"The user name or the password is wrong, or sign-in for this name is paused. {PAUSES}"


def entered(entry: Entry, wanted: str, settings: Settings) -> Response:
    """In, or on to the step that is asked for next."""
    if entry.step is None:
        return with_session(RedirectResponse(wanted, 303), entry.token, settings)
    return with_step(RedirectResponse(NEXT[entry.step], 303), entry.token, settings)


class SignIn:
    """The routes of signing in and out."""

    def __init__(self, database: Database, settings: Settings, providers: dict[str, Provider] | None = None) -> None:
        self.database, self.settings, self.providers = database, settings, providers or {}

    def routes(self) -> list[Route]:
        return [
            Route("/login", self.form, methods=["GET"]),
            Route("/login", self.enter, methods=["POST"]),
            Route("/logout", self.leave, methods=["GET", "POST"]),
        ]

    def _page(self, request: Request, wanted: str, sentence: str = "", status: int = 200) -> HTMLResponse:
        with self.database.read() as session:
            exercise = holds_exercise_alone(session) and is_loopback(request, self.settings)
        ended = plain.note(ENDED) if "ended" in request.query_params else ""
        body = (
            ended
            + plain.error(sentence)
            + '<form method="post" action="/login">'
            + plain.hidden("next", safe_next(wanted))
            + '<label for="user">User name</label><input id="user" name="user" autocomplete="username" '
            'autocapitalize="none" spellcheck="false" required>'
            '<label for="password">Password</label><input id="password" name="password" type="password" '
            'autocomplete="current-password" required><button>Sign in</button></form>'
            + choices(self.providers, wanted=safe_next(wanted))
            + (plain.note(EXERCISE) if exercise else "")
        )
        return HTMLResponse(plain.page("Sign in", body), status)

    async def form(self, request: Request) -> Response:
        wanted = request.query_params.get("next") or "/"
        try:
            return await run_in_threadpool(self._page, request, wanted)
        except PlannerError as error:
            return HTMLResponse(plain.page("Sign in", plain.error(str(error))), 503)

    async def enter(self, request: Request) -> Response:
        if not same_origin(request):
            return PlainTextResponse("This form was sent from another site.", 403)
        form = await request.form()
        wanted = safe_next(str(form.get("next") or "/"))
        name, password = typed(form, "user"), typed(form, "password")
        here, mark = is_loopback(request, self.settings), request.cookies.get(known_name(self.settings), "")
        try:
            entry = await run_in_threadpool(self._enter, name, password, wanted, here, mark)
        except PlannerError as error:
            return HTMLResponse(plain.page("Sign in", plain.error(str(error))), 503)
        if entry is None:
            return await run_in_threadpool(self._page, request, wanted, NOT_SIGNED_IN, 401)
        response = entered(entry, wanted, self.settings)
        return with_known(response, name, self.settings) if entry.step is None else response

    def _enter(self, name: str, password: str, wanted: str, loopback: bool, mark: str) -> Entry | None:
        with self.database.read() as session:
            right = password_is_right(session, name, password)
        with Desk(self.database).writing() as work:
            known = is_known(name, mark)
            return sign_in(work, name, right=right, loopback=loopback, wanted=wanted, known=known)

    async def leave(self, request: Request) -> Response:
        """By a link of ours or by the button alone: no other site signs anybody out."""
        if request.method == "POST" and not same_origin(request):
            return PlainTextResponse("This form was sent from another site.", 403)
        if request.method == "HEAD" or (request.method == "GET" and not is_own_navigation(request)):
            return HTMLResponse(plain.page("Sign out", LEAVE))
        token = request.cookies.get(cookie_name(self.settings))
        there = await run_in_threadpool(self._end, token) if token else None
        out: Response = RedirectResponse(there or "/login", 303)
        if there and request.method == "POST":  # our policy lets no form lead to another site
            out = HTMLResponse(plain.page("You are signed out", plain.link(there, "Sign out at your agency too")))
        return forget(out, cookie_name(self.settings), self.settings)

    def _end(self, token: str) -> str | None:
        """Where the browser signs out as well, when an agency's own sign-in let it in."""
        with Desk(self.database).writing() as work:
            how = sign_out(work, token)
        own = next((item for item in self.providers.values() if how == how_words(item)), None)
        back = f"{self.settings.public_url}/login"
        return OwnSignIn(own, back).sign_out_address(back) if own else None
