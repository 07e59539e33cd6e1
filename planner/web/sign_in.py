"""`/login` and `/logout`: a plain form, one session cookie, no open redirect."""

import ipaddress
from datetime import timedelta
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import PlannerError
from planner.rules.counts import count_words
from planner.services.accounts import (
    ABSOLUTE,
    FREE_FAILURES,
    LONGEST_WAIT,
    holds_exercise_alone,
    password_is_right,
    sign_in,
    sign_out,
)
from planner.settings import Settings
from planner.web import plain
from planner.web.addresses import safe_next
from planner.web.gate import cookie_name
from planner.work import Desk

LONGEST_FIELD = 200
PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
EXERCISE = (
    "This is an exercise. Sign in as silver, gold, cell, care, partner, officer, provider or stranger; "
    "the password of each is exercise."
)
ENDED = "Your session has ended. Sign in again to go on."
# Whoever fails reads the same, whether the name exists or its sign-in is paused: the answer must betray neither.
NOT_SIGNED_IN = (
    "The user name or the password is wrong, or sign-in for this name is paused. After "
    f"{count_words(FREE_FAILURES, 'wrong password')} each further one pauses it: for 2 seconds, then twice as long "
    f"each time, {count_words(LONGEST_WAIT // timedelta(minutes=1), 'minute')} at most."
)


def is_loopback(request: Request, settings: Settings) -> bool:
    """Whether both ends are on this machine, and no proxy on it speaks for somebody elsewhere."""
    if any(name in request.headers for name in PROXIED):
        return False
    ends = (request.scope.get("server") or ("", 0), request.scope.get("client") or ("", 0))
    names = [urlsplit(settings.public_url).hostname, request.url.hostname, *(end[0] for end in ends)]
    return all(_names_this_machine(name or "") for name in names)


def _names_this_machine(name: str) -> bool:
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def same_origin(request: Request) -> bool:
    """Whether a form was sent from our own page; a browser names the site it was on."""
    origin = request.headers.get("origin")
    return not origin or urlsplit(origin).netloc == request.headers.get("host")


def typed(form: FormData, field: str) -> str:
    """What was typed into a field; a NUL, which PostgreSQL cannot even look up, is left out."""
    return str(form.get(field) or "")[:LONGEST_FIELD].replace("\x00", "")


def with_session(response: Response, token: str, settings: Settings) -> Response:
    response.set_cookie(
        cookie_name(settings),
        token,
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
        path="/",
        max_age=int(ABSOLUTE.total_seconds()),
    )
    return response


class SignIn:
    """The routes of signing in and out."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings

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
        try:
            token = await run_in_threadpool(self._token, name, password, is_loopback(request, self.settings))
        except PlannerError as error:
            return HTMLResponse(plain.page("Sign in", plain.error(str(error))), 503)
        if token is None:
            return await run_in_threadpool(self._page, request, wanted, NOT_SIGNED_IN, 401)
        return with_session(RedirectResponse(wanted, 303), token, self.settings)

    def _token(self, name: str, password: str, loopback: bool) -> str | None:
        with self.database.read() as session:
            right = password_is_right(session, name, password)
        with Desk(self.database).writing() as work:
            return sign_in(work, name, right=right, loopback=loopback)

    async def leave(self, request: Request) -> Response:
        token = request.cookies.get(cookie_name(self.settings))
        if token:
            await run_in_threadpool(self._end, token)
        response = RedirectResponse("/login", 303)
        response.delete_cookie(cookie_name(self.settings), path="/")
        return response

    def _end(self, token: str) -> None:
        with Desk(self.database).writing() as work:
            sign_out(work, token)
