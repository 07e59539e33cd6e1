"""`/welcome/…`: the one screen on which an invited person sets an account up, on a phone as well."""

import html

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import PlannerError, Refused
from planner.rules.words import Outcome
from planner.services.invitations import NO_LONGER, Invited, accept_invitation, find_invitation
from planner.services.passwords import SHORTEST_PASSWORD, check_password, hash_password
from planner.services.sign_in import Entry, go_on
from planner.settings import Settings
from planner.web import plain
from planner.web.origins import same_origin, typed
from planner.web.providers import Provider, choices
from planner.web.sign_in import entered
from planner.work import Desk, utc_now

CHOSEN = (
    '<label for="user">User name, as you like</label>'
    '<input id="user" name="user" value="{user}" autocomplete="username" autocapitalize="none" spellcheck="false" '
    'maxlength="80" required>'
)
KEPT = (
    '<label for="user">Your user name, as before</label>'
    '<input id="user" name="user" value="{user}" autocomplete="username" readonly>'
)
FORM = (
    '<form method="post">{name}<label for="password">Password of {shortest} characters or more: four words, say</label>'
    '<input id="password" name="password" type="password" autocomplete="new-password" minlength="{shortest}" required>'
    "<button>Set up my account</button></form>"
)


class Welcome:
    """The routes of an invitation."""

    def __init__(self, database: Database, settings: Settings, providers: dict[str, Provider] | None = None) -> None:
        self.database, self.settings, self.providers = database, settings, providers or {}

    def routes(self) -> list[Route]:
        return [
            Route("/welcome/{token}", self.show, methods=["GET"]),
            Route("/welcome/{token}", self.accept, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        return await run_in_threadpool(self._page, request.path_params["token"])

    async def accept(self, request: Request) -> Response:
        if not same_origin(request):
            return PlainTextResponse("This form was sent from another site.", 403)
        form, token = await request.form(), request.path_params["token"]
        try:
            entry = await run_in_threadpool(self._accept, token, form)
        except PlannerError as error:
            return await run_in_threadpool(self._page, token, str(error), typed(form, "user"))
        return entered(entry, "/", self.settings)

    def _accept(self, token: str, form: FormData) -> Entry:
        """The slow hash is made before the transaction, and only for a link that is good."""
        password, invited = typed(form, "password"), self._invited(token)
        if invited is None:
            with Desk(self.database).writing() as work:
                work.record("sign_in", NO_LONGER, kind="account", ref="an invitation", outcome=Outcome.REFUSED)
            raise Refused(NO_LONGER)
        name = invited.user_name or typed(form, "user")
        check_password(password, name)
        hashed = hash_password(password)
        with Desk(self.database).writing() as work:
            account = accept_invitation(work, token, name, hashed)
            return go_on(work, account, "an invitation", "/")

    def _invited(self, token: str) -> Invited | None:
        with self.database.read() as session:
            return find_invitation(session, token, utc_now())

    def _page(self, token: str, sentence: str = "", user: str = "") -> Response:
        invited = self._invited(token)
        if invited is None:
            body = plain.error(NO_LONGER) + plain.link("/login", "Sign in")
            return HTMLResponse(plain.page("This link is good no longer", body), 410)
        who = f"{html.escape(invited.title)}, {html.escape(invited.agency)}"
        body = f"<p>You were invited as <strong>{who}</strong>. This is all there is to do.</p>" + plain.error(sentence)
        name = (
            KEPT.format(user=html.escape(invited.user_name))
            if invited.user_name
            else CHOSEN.format(user=html.escape(user))
        )
        body += FORM.format(name=name, shortest=SHORTEST_PASSWORD)
        body += choices(self.providers, invitation=token)
        return HTMLResponse(plain.page("Set up your account", body), 409 if sentence else 200)
