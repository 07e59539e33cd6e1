"""`/login/prove`: who changes what opens their account proves again that it is they, and is led back."""

from typing import NamedTuple
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import PlannerError
from planner.services.own_password import SIGN_IN_ANEW, Kept, kept_password, prove
from planner.services.passwords import fits
from planner.services.proofs import is_fresh
from planner.services.sessions import check_session, hash_of
from planner.settings import Settings
from planner.web import plain
from planner.web.addresses import led_back
from planner.web.cookies import cookie_name
from planner.web.origins import is_loopback, same_origin, typed
from planner.web.sign_in import PAUSES, entered
from planner.work import Desk, utc_now

TO_SIGN_IN = "/login?next=/account"
TITLE = "Is it still you?"
WHY = (
    "<p>Whoever finds this page open could change what opens your account, or others'. Give your password "
    "again; what you prove now is good for ten minutes.</p>"
)
FORM = (
    '<form method="post" action="/login/prove">{next}'
    '{user}<label for="password">Password</label><input id="password" name="password" type="password" '
    'autocomplete="current-password" required><button>Go on</button></form>'
)
NOT_PROVED = f"The password is wrong, or sign-in is paused. {PAUSES}"


class Hand(NamedTuple):
    """The session in hand: somebody who signed in and whom no remembered device let in."""

    token_hash: str
    person_id: int
    fresh: bool


def session_in_hand(database: Database, settings: Settings, request: Request) -> Hand | None:
    token_hash, now = hash_of(request.cookies.get(cookie_name(settings), "")), utc_now()
    seen = check_session(database, token_hash, now, active=True)
    if seen is None or seen.device:
        return None
    with database.read() as session:
        return Hand(token_hash, seen.person_id, is_fresh(session, token_hash, now))


def sent_to_prove(hand: Hand | None, wanted: str) -> Response:
    """To prove themselves, and back to what they wanted; to sign in where nobody is."""
    address = TO_SIGN_IN if hand is None else f"/login/prove?next={quote(wanted, safe='')}"
    return RedirectResponse(address, 303)


class Prove:
    """The routes of a fresh proof."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings

    def routes(self) -> list[Route]:
        return [
            Route("/login/prove", self.ask, methods=["GET"]),
            Route("/login/prove", self.answer, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        return await run_in_threadpool(self._ask, request, request.query_params.get("next", ""))

    async def answer(self, request: Request) -> Response:
        if not same_origin(request):
            return PlainTextResponse("Not found", 404)
        form = await request.form()
        wanted, password = typed(form, "next"), typed(form, "password")
        return await run_in_threadpool(self._answer, request, password, led_back(wanted))

    def _ask(self, request: Request, wanted: str, sentence: str = "") -> Response:
        hand = session_in_hand(self.database, self.settings, request)
        if hand is None:
            return RedirectResponse(TO_SIGN_IN, 303)
        kept = self._kept(hand)
        if not kept.password_hash:
            body = plain.error(SIGN_IN_ANEW) + plain.link("/logout", "Sign out") + plain.back()
            return HTMLResponse(plain.page(TITLE, body), 409)
        form = FORM.format(next=plain.hidden("next", led_back(wanted)), user=plain.user_name(kept.user_name))
        body = plain.error(sentence) + WHY + form + plain.back()
        return HTMLResponse(plain.page(TITLE, body), 401 if sentence else 200)

    def _kept(self, hand: Hand) -> Kept:
        with self.database.read() as session:
            return kept_password(session, hand.person_id)

    def _answer(self, request: Request, password: str, wanted: str) -> Response:
        """The slow comparison stands before the transaction."""
        hand = session_in_hand(self.database, self.settings, request)
        if hand is None:
            return RedirectResponse(TO_SIGN_IN, 303)
        right, here = fits(self._kept(hand).password_hash, password), is_loopback(request, self.settings)
        try:
            with Desk(self.database, hand.person_id).writing() as work:
                entry = prove(work, hand.token_hash, right=right, loopback=here, wanted=wanted)
        except PlannerError as error:
            return HTMLResponse(plain.page(TITLE, plain.error(str(error)) + plain.back()), 409)
        if entry is None:
            return self._ask(request, wanted, NOT_PROVED)
        return entered(entry, wanted, self.settings)
