"""`/login/remember` and `/login/device`: a partner's device is remembered, and opens My part without a password."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import PlannerError
from planner.services.devices import REMEMBERED, enter_by_device, remember_device
from planner.services.sessions import check_session, hash_of
from planner.settings import Settings
from planner.web import plain
from planner.web.addresses import safe_next
from planner.web.cookies import cookie_name, device_name, forget, with_device, with_session
from planner.web.origins import is_loopback, same_origin
from planner.work import Desk, utc_now

ASK = (
    "<p>For {days} days this device opens My part, and nothing else, without a password: so that a link in a message "
    "leads straight to what is asked of you. Do this on your own device alone. Under Your account you can end it.</p>"
    '<form method="post" action="/login/remember"><button>Remember this device</button></form>'
)


class Devices:
    """The routes of remembered devices."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings

    def routes(self) -> list[Route]:
        return [
            Route("/login/remember", self.ask, methods=["GET"]),
            Route("/login/remember", self.remember, methods=["POST"]),
            Route("/login/device", self.enter, methods=["GET"]),
        ]

    async def ask(self, _: Request) -> Response:
        return HTMLResponse(plain.page("Remember this device", ASK.format(days=REMEMBERED.days)))

    async def remember(self, request: Request) -> Response:
        if not same_origin(request):
            return PlainTextResponse("Not found", 404)
        try:
            token = await run_in_threadpool(self._remember, request.cookies.get(cookie_name(self.settings), ""))
        except PlannerError as error:
            body = plain.error(str(error)) + plain.link("/", "Back")
            return HTMLResponse(plain.page("Not remembered", body), 409)
        if token is None:
            return RedirectResponse("/login?next=/my_part", 303)
        return with_device(RedirectResponse("/my_part", 303), token, self.settings)

    def _remember(self, session_token: str) -> str | None:
        """Only a session that began with a proof; one that a device opened cannot make another device."""
        seen = check_session(self.database, hash_of(session_token), utc_now(), active=True)
        if seen is None or seen.device:
            return None
        with Desk(self.database, seen.person_id).writing() as work:
            return remember_device(work)

    async def enter(self, request: Request) -> Response:
        wanted = safe_next(request.query_params.get("next"))
        token = request.cookies.get(device_name(self.settings), "")
        entered = await run_in_threadpool(self._enter, token, is_loopback(request, self.settings))
        if entered is None:
            out = RedirectResponse(f"/login?next={quote(wanted, safe='')}", 303)
            return forget(out, device_name(self.settings), self.settings)
        return with_session(RedirectResponse(wanted, 303), entered, self.settings)

    def _enter(self, token: str, loopback: bool) -> str | None:
        with Desk(self.database).writing() as work:
            return enter_by_device(work, token, loopback=loopback)
