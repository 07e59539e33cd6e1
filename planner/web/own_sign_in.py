"""`/login/with/…` and `/login/back/…`: an agency's own sign-in, which ends in the same sessions as a password."""

import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import PlannerError, Refused
from planner.rules.words import Outcome
from planner.services.identities import (
    NOT_KNOWN,
    begin_provider_step,
    end_by_identity,
    enter_by_identity,
    take_provider_step,
)
from planner.services.sign_in import Entry
from planner.settings import Settings
from planner.web import plain
from planner.web.addresses import safe_next
from planner.web.cookies import forget, step_name, step_token, with_step
from planner.web.origins import is_loopback
from planner.web.providers import Asked, Identified, OwnSignIn, Provider, how_words, packed, unpacked
from planner.web.sign_in import entered
from planner.work import Desk

BROKEN_OFF = "Your agency's sign-in was broken off. Try again, or sign in with a password."


class OwnSignIns:
    """The routes of every provider."""

    def __init__(self, database: Database, settings: Settings, providers: dict[str, Provider]) -> None:
        self.database, self.settings, self.providers = database, settings, providers

    def routes(self) -> list[Route]:
        return [
            Route("/login/with/{name}", self.leave, methods=["GET"]),
            Route("/login/back/{name}", self.come_back, methods=["GET"]),
            Route("/login/ended/{name}", self.ended, methods=["POST"]),
        ]

    def _own(self, name: str) -> OwnSignIn | None:
        provider = self.providers.get(name)
        return OwnSignIn(provider, f"{self.settings.public_url}/login/back/{name}") if provider else None

    async def leave(self, request: Request) -> Response:
        own = self._own(request.path_params["name"])
        if own is None:
            return PlainTextResponse("Not found", 404)
        wanted, invitation = safe_next(request.query_params.get("next")), request.query_params.get("link", "")
        try:
            address, token = await run_in_threadpool(self._leave, own, wanted, invitation)
        except PlannerError as error:
            return _trouble(str(error))
        return with_step(RedirectResponse(address, 303), token, self.settings)

    def _leave(self, own: OwnSignIn, wanted: str, invitation: str) -> tuple[str, str]:
        """The provider is asked before the transaction: nothing is called over the network inside one."""
        address, asked = own.send_away()
        token = secrets.token_urlsafe(32)
        with Desk(self.database).writing() as work:
            begin_provider_step(
                work, token, own.provider.name, packed(asked), wanted=wanted, invitation=invitation[:80]
            )
        return address, token

    async def come_back(self, request: Request) -> Response:
        own = self._own(request.path_params["name"])
        if own is None:
            return PlainTextResponse("Not found", 404)
        try:
            entry, wanted = await run_in_threadpool(self._come_back, request, own)
        except PlannerError as error:
            return forget(_trouble(str(error)), step_name(self.settings), self.settings)
        out = entered(entry, wanted, self.settings)
        return out if entry.step else forget(out, step_name(self.settings), self.settings)

    def _come_back(self, request: Request, own: OwnSignIn) -> tuple[Entry, str]:
        provider = own.provider
        with Desk(self.database).writing() as work:
            kept, invitation, wanted = take_provider_step(work, step_token(request, self.settings), provider.name)
        try:
            who = self._who(request, own, unpacked(kept))
        except PlannerError as refusal:
            self._note(own.provider, str(refusal))
            raise
        with Desk(self.database).writing() as work:
            entry = enter_by_identity(
                work,
                who.issuer,
                who.subject,
                how=how_words(provider),
                wanted=wanted,
                invitation=invitation,
                asks_two=provider.asks_two,
                loopback=is_loopback(request, self.settings),
            )
        if entry is None:
            raise Refused(NOT_KNOWN)
        return entry, safe_next(wanted)

    def _who(self, request: Request, own: OwnSignIn, asked: Asked) -> Identified:
        state, code = request.query_params.get("state", ""), request.query_params.get("code", "")
        if not secrets.compare_digest(state.encode(), asked.state.encode()) or not code:
            raise Refused(BROKEN_OFF)
        return own.identified(code, asked)

    def _note(self, provider: Provider, sentence: str) -> None:
        with Desk(self.database).writing() as work:
            work.record("sign_in", sentence, kind="account", ref=provider.name, outcome=Outcome.REFUSED)

    async def ended(self, request: Request) -> Response:
        """Back-channel: the provider tells this server, not the browser, that somebody has signed out."""
        own = self._own(request.path_params["name"])
        token = str((await request.form()).get("logout_token") or "")
        if own is None:
            return PlainTextResponse("Not found", 404)
        try:
            await run_in_threadpool(self._ended, own, token)
        except PlannerError:
            return PlainTextResponse("This is no word of signing out.", 400)
        return PlainTextResponse("", 200)

    def _ended(self, own: OwnSignIn, token: str) -> None:
        subject = own.signed_out_subject(token)
        with Desk(self.database).writing() as work:
            end_by_identity(work, own.provider.issuer, subject)


def _trouble(sentence: str) -> Response:
    body = plain.error(sentence) + plain.link("/login", "Sign in another way")
    return HTMLResponse(plain.page("Not signed in", body), 401)
