"""`/login` and `/logout`: a plain form, one session cookie, no open redirect."""

import ipaddress
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import PlannerError
from planner.services.accounts import ABSOLUTE, WRONG, holds_exercise_alone, sign_in, sign_out
from planner.settings import Settings
from planner.web import plain
from planner.web.gate import cookie_name
from planner.work import Desk

LONGEST_FIELD = 200
EXERCISE = "Exercise: sign in as gold, silver, cell, care, partner, provider or stranger with the password exercise."


def safe_next(wanted: str | None) -> str:
    """A path on this server, or the first page."""
    parts = urlsplit(wanted or "/")
    here = wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and "\\" not in wanted
    return wanted if wanted and here and not parts.netloc and not parts.scheme else "/"


def is_loopback(request: Request) -> bool:
    """Whether both ends are on this machine: where it listens, and who calls."""
    ends = (request.scope.get("server") or ("", 0), request.scope.get("client") or ("", 0))
    try:
        return all(ipaddress.ip_address(end[0]).is_loopback for end in ends)
    except ValueError:
        return False


def same_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return not origin or urlsplit(origin).netloc == request.headers.get("host")


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
            exercise = holds_exercise_alone(session) and is_loopback(request)
        body = (
            plain.error(sentence)
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
        name, password = (str(form.get(field) or "")[:LONGEST_FIELD] for field in ("user", "password"))
        token = await run_in_threadpool(self._token, name, password, is_loopback(request))
        if token is None:
            return await run_in_threadpool(self._page, request, wanted, WRONG, 401)
        return with_session(RedirectResponse(wanted, 303), token, self.settings)

    def _token(self, name: str, password: str, loopback: bool) -> str | None:
        with Desk(self.database).writing() as work:
            return sign_in(work, name, password, loopback=loopback)

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
