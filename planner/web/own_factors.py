"""`/login/add`, `/login/remove/…`, `/login/codes`: one's own keys, app and recovery codes, after a fresh proof."""

import html
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import NotFound, PlannerError
from planner.rules.sign_in_steps import StepKind
from planner.services.accounts import NO_KEY, new_recovery_codes, own_account, remove_passkey, remove_totp
from planner.services.proofs import require_fresh
from planner.services.sign_in import begin_step
from planner.settings import Settings
from planner.views import accounts as view
from planner.web import plain
from planner.web.cookies import with_session, with_step
from planner.web.origins import same_origin
from planner.web.prove import Hand, sent_to_prove, session_in_hand
from planner.web.second_step import SET_UP, codes_body
from planner.work import Desk, Work

APP = "app"
REMOVE = (
    "<p>{what} opens your account no longer. You stay signed in here, and are signed out everywhere else.</p>"
    '<form method="post"><button>Remove it</button></form>'
)
CODES = (
    "<p>You get ten new recovery codes, shown once. Those you have now are good no longer.</p>"
    '<form method="post"><button>Make new recovery codes</button></form>'
)


class OwnFactors:
    """The routes of what stands beside one's own password."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings

    def routes(self) -> list[Route]:
        return [
            Route("/login/add", self.add, methods=["GET"]),
            Route("/login/remove/{what}", self.remove, methods=["GET", "POST"]),
            Route("/login/codes", self.codes, methods=["GET", "POST"]),
        ]

    async def add(self, request: Request) -> Response:
        """Another key or app, for somebody who is signed in."""
        return await self._by_a_fresh_hand(request, self._add, self._add)

    async def remove(self, request: Request) -> Response:
        what = request.path_params["what"]
        return await self._by_a_fresh_hand(
            request, lambda hand: self._ask_to_remove(hand, what), lambda hand: self._remove(hand, what)
        )

    async def codes(self, request: Request) -> Response:
        return await self._by_a_fresh_hand(request, _ask_for_codes, self._codes)

    async def _by_a_fresh_hand(
        self, request: Request, ask: Callable[[Hand], Response], act: Callable[[Hand], Response]
    ) -> Response:
        if request.method == "POST" and not same_origin(request):
            return PlainTextResponse("Not found", 404)
        return await run_in_threadpool(self._one, request, act if request.method == "POST" else ask)

    def _one(self, request: Request, answer: Callable[[Hand], Response]) -> Response:
        hand = session_in_hand(self.database, self.settings, request)
        if hand is None or not hand.fresh:
            return sent_to_prove(hand, request.url.path)
        try:
            return answer(hand)
        except PlannerError as error:
            status = 404 if isinstance(error, NotFound) else 409
            return HTMLResponse(plain.page("Not done", plain.error(str(error)) + plain.back()), status)

    def _add(self, hand: Hand) -> Response:
        with Desk(self.database, hand.person_id).writing() as work:
            account = own_account(work)
            require_fresh(work, account, hand.token_hash)
            token = begin_step(work, StepKind.SET_UP, account, wanted="/account", session_hash=hand.token_hash)
        return with_step(RedirectResponse(SET_UP, 303), token, self.settings)

    def _ask_to_remove(self, hand: Hand, what: str) -> Response:
        words = self._words(hand, what)
        if words is None:
            raise NotFound(NO_KEY)
        body = REMOVE.format(what=html.escape(words)) + plain.back("Keep it")
        return HTMLResponse(plain.page("Remove this proof", body))

    def _words(self, hand: Hand, what: str) -> str | None:
        """What is to be removed; None where it is nothing of one's own."""
        with Desk(self.database, hand.person_id).reading() as look:
            own = view.own_account(look)
        if own is not None and what == APP:
            return "The authenticator app" if own.has_app else None
        keys = own.keys if own else ()
        return next((f"The security key “{key.label}”" for key in keys if str(key.id) == what), None)

    def _remove(self, hand: Hand, what: str) -> Response:
        with Desk(self.database, hand.person_id).writing() as work:
            token = _removal(work, what, hand.token_hash)
        done = "<p>It opens your account no longer.</p>" + plain.link("/account", "Your account")
        return with_session(HTMLResponse(plain.page("It is removed", done)), token, self.settings)

    def _codes(self, hand: Hand) -> Response:
        with Desk(self.database, hand.person_id).writing() as work:
            codes = new_recovery_codes(work, hand.token_hash)
        return HTMLResponse(plain.page("Recovery codes", codes_body(codes, "/account")))


def _removal(work: Work, what: str, token_hash: str) -> str:
    if what == APP:
        return remove_totp(work, token_hash)
    return remove_passkey(work, int(what) if what.isascii() and what.isdigit() else 0, token_hash)


def _ask_for_codes(_: Hand) -> Response:
    return HTMLResponse(plain.page("New recovery codes", CODES + plain.back("Keep those I have")))
