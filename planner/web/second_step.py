"""`/login/second` and `/login/set-up`: the step after a right password, as plain forms and one small script."""

import html
from collections.abc import Callable
from pathlib import Path

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import PlannerError
from planner.rules.sign_in_steps import StepKind
from planner.services import passkeys, second_factor
from planner.services.sessions import check_session, hash_of
from planner.services.steps import OVER, Answer, find_step
from planner.settings import Settings
from planner.web import plain
from planner.web.cookies import forget, step_name, step_token, wanted_after, with_known, with_session
from planner.web.origins import is_loopback, same_origin, site_of, typed
from planner.work import Desk, Work, utc_now

SCRIPT = Path(__file__).parent / "security_key.js"
SCRIPT_TAG = '<script src="/security_key.js" defer></script>'
LONGEST_CREDENTIAL = 20_000
Way = Callable[[Work, str, str, bool], Answer]  # with the step's token, what was said, and whether on this machine
Again = Callable[[Request, str], Response]
SECOND, SET_UP = "/login/second", "/login/set-up"
NO_KEY_HERE = "Security keys work at the name of this server, not at its number: use https, or localhost."


class SecondStep:
    """The routes between a right password and a session."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings

    def routes(self) -> list[Route]:
        return [
            Route("/security_key.js", script, methods=["GET"]),
            Route(SECOND, self.ask, methods=["GET"]),
            Route(f"{SECOND}/{{way}}", self.answer, methods=["POST"]),
            Route(SET_UP, self.offer, methods=["GET"]),
            Route(f"{SET_UP}/{{way}}", self.set_up, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        return await run_in_threadpool(self._ask, request)

    async def offer(self, request: Request) -> Response:
        return await run_in_threadpool(self._offer, request)

    async def answer(self, request: Request) -> Response:
        ways: dict[str, Way] = {
            "code": lambda work, token, said, here: second_factor.answer_totp(work, token, said, loopback=here),
            "recovery": lambda work, token, said, here: second_factor.answer_recovery(work, token, said, loopback=here),
            "key": lambda work, token, said, here: passkeys.answer_assertion(
                work, token, said, site_of(request, self.settings), loopback=here
            ),
        }
        return await self._answered(request, ways, self._ask)

    async def set_up(self, request: Request) -> Response:
        label = typed(await request.form(), "label")
        ways: dict[str, Way] = {
            "code": lambda work, token, said, here: second_factor.confirm_totp(work, token, said, loopback=here),
            "key": lambda work, token, said, here: passkeys.register(
                work, token, said, label, site_of(request, self.settings), loopback=here
            ),
        }
        return await self._answered(request, ways, self._offer)

    async def _answered(
        self,
        request: Request,
        ways: dict[str, Way],
        again: Again,
    ) -> Response:
        way = ways.get(request.path_params["way"])
        if way is None or not same_origin(request):
            return PlainTextResponse("Not found", 404)
        said = typed(await request.form(), "answer", most=LONGEST_CREDENTIAL)
        return await run_in_threadpool(self._one_answer, request, way, said, again)

    def _one_answer(
        self,
        request: Request,
        way: Way,
        said: str,
        again: Again,
    ) -> Response:
        token = step_token(request, self.settings)
        wanted = wanted_after(self.database, token)
        try:
            with Desk(self.database).writing() as work:
                answer = way(work, token, said, is_loopback(request, self.settings))
        except PlannerError as error:
            return again(request, str(error))
        if answer.token is None:
            return again(request, answer.sentence)
        entered: Response = RedirectResponse(wanted, 303)
        if answer.codes:
            entered = HTMLResponse(plain.page("Recovery codes", codes_body(answer.codes, wanted)))
        signed_in = with_session(entered, answer.token, self.settings)
        seen = check_session(self.database, hash_of(answer.token), utc_now(), active=False)
        if seen is not None:
            signed_in = with_known(signed_in, seen.user_name, self.settings)
        return forget(signed_in, step_name(self.settings), self.settings)

    def _ask(self, request: Request, sentence: str = "") -> Response:
        token, here = step_token(request, self.settings), is_loopback(request, self.settings)
        site = site_of(request, self.settings)
        with Desk(self.database).writing() as work:
            found = find_step(work.session, token, StepKind.SECOND_FACTOR, work.now)
            has_app = found is not None and found[1].totp_sealed is not None
            options = passkeys.offer_assertion(work, token, site, loopback=here) if found else None
        if found is None:
            return _over(sentence or OVER)
        body = plain.error(sentence)
        body += _key_form(f"{SECOND}/key", "get", options, "Use your security key") if options else ""
        body += CODE.format(action=f"{SECOND}/code", again="Code from your authenticator app") if has_app else ""
        return HTMLResponse(plain.page("One more proof", body + RECOVERY), 401 if sentence else 200)

    def _offer(self, request: Request, sentence: str = "") -> Response:
        token, here = step_token(request, self.settings), is_loopback(request, self.settings)
        site = site_of(request, self.settings)
        with Desk(self.database).writing() as work:
            app = second_factor.offer_totp(work, token, loopback=here)
            options = passkeys.offer_registration(work, token, site, loopback=here)
        if app is None or options is None:
            return _over(sentence or OVER)
        body = plain.error(sentence) + WHY + _app_form(app)
        body += _key_form(f"{SET_UP}/key", "create", options, "Set up a security key", label=True)
        return HTMLResponse(plain.page("Set up a second proof", body), 401 if sentence else 200)


WHY = (
    "<p>A password can be guessed, or seen over a shoulder. Whoever can send people through a door proves more: "
    "set up one of these; the other can be added later under Your account.</p>"
)
CODE = (
    '<section><form method="post" action="{action}"><label for="code">{again}</label>'
    '<input id="code" name="answer" inputmode="numeric" autocomplete="one-time-code" maxlength="7" required>'
    "<button>Go on</button></form></section>"
)
RECOVERY = (
    "<section><details><summary>Neither is at hand</summary>"
    f'<form method="post" action="{SECOND}/recovery"><label for="recovery">One of your recovery codes</label>'
    '<input id="recovery" name="answer" autocomplete="off" autocapitalize="none" spellcheck="false" required>'
    '<button class="second">Use this code</button></form></details></section>'
)


def _app_form(app: second_factor.Offered) -> str:
    picture = segno.make(app.uri, error="m").svg_data_uri(scale=5, dark="#14202b", light="#ffffff", border=3)
    in_fours = " ".join(app.secret[start : start + 4] for start in range(0, len(app.secret), 4))
    return (
        "<section><h2>An authenticator app</h2><p>Point its camera at this square, or type the key below it.</p>"
        f'<img src="{picture}" width="220" alt="Square code for an authenticator app; its key is written below it">'
        f"<p><code>{in_fours}</code></p></section>"
        + CODE.format(action=f"{SET_UP}/code", again="The code that the app shows now")
    )


def _key_form(action: str, verb: str, options: str, button: str, *, label: bool = False) -> str:
    """A form that the script fills in, and whose button it makes good: pressed before, it would send nothing."""
    name = (
        '<label for="label">What to call it</label><input id="label" name="label" maxlength="60" '
        'placeholder="For example blue key, desk 4">'
        if label
        else ""
    )
    heading = "<h2>A security key or passkey</h2>" if label else ""
    return (
        f'<section>{heading}<form method="post" action="{action}" data-key="{verb}" '
        f'data-options="{html.escape(options)}">{name}<input type="hidden" name="answer">'
        f'<p role="status" data-said data-here="{html.escape(NO_KEY_HERE)}"></p>'
        f"<button disabled>{html.escape(button)}</button></form></section>{SCRIPT_TAG}"
    )


def codes_body(codes: tuple[str, ...], wanted: str) -> str:
    rows = "".join(f"<li><code>{html.escape(code)}</code></li>" for code in codes)
    return (
        "<p>Print these or write them down, and keep them apart from your telephone and key. Each signs you in once "
        f"when neither is at hand. They are shown this once.</p><ul>{rows}</ul>"
        f'<p><a class="button" href="{html.escape(wanted)}">I have kept them: go on</a></p>'
    )


def _over(sentence: str) -> Response:
    return HTMLResponse(plain.page("Sign in again", plain.error(sentence) + plain.link("/login", "Sign in")), 401)


async def script(_: Request) -> Response:
    return FileResponse(SCRIPT, media_type="text/javascript")
