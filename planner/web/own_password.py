"""`/login/password`: one's own password is changed on a plain form; it never reaches a page of the framework."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import InputError, PlannerError
from planner.services.own_password import Kept, change_password, check_changeable, kept_password
from planner.services.passwords import SHORTEST_PASSWORD, check_password, fits, hash_password
from planner.settings import Settings
from planner.web import plain
from planner.web.cookies import with_session
from planner.web.origins import is_loopback, same_origin, typed
from planner.web.prove import TO_SIGN_IN, Hand, sent_to_prove, session_in_hand
from planner.web.sign_in import PAUSES
from planner.work import Desk

HERE = "/login/password"
TITLE = "Change your password"
WRONG = f"The present password is wrong, or sign-in is paused. {PAUSES}"
WHY = (
    "<p>Afterwards you stay signed in here. Everywhere else you are signed out, and devices that were remembered are "
    "forgotten.</p>"
)
FORM = (
    '<form method="post">{user}<label for="present">Present password</label>'
    '<input id="present" name="present" type="password" autocomplete="current-password" required>'
    '<label for="new">New password of {shortest} characters or more: four words, say</label>'
    '<input id="new" name="new" type="password" autocomplete="new-password" minlength="{shortest}" required>'
    '<label for="again">The new password again</label>'
    '<input id="again" name="again" type="password" autocomplete="new-password" minlength="{shortest}" required>'
    "<button>Change the password</button></form>"
)
DONE = "<p>From now on you sign in with the new one. You are signed in nowhere but here.</p>"


class OwnPassword:
    """The routes of one's own password."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings

    def routes(self) -> list[Route]:
        return [Route(HERE, self.ask, methods=["GET"]), Route(HERE, self.change, methods=["POST"])]

    async def ask(self, request: Request) -> Response:
        return await run_in_threadpool(self._ask, request)

    async def change(self, request: Request) -> Response:
        if not same_origin(request):
            return PlainTextResponse("Not found", 404)
        return await run_in_threadpool(self._change, request, await request.form())

    def _ask(self, request: Request, sentence: str = "", status: int = 200) -> Response:
        hand = session_in_hand(self.database, self.settings, request)
        if hand is None:
            return RedirectResponse(TO_SIGN_IN, 303)
        kept = self._kept(hand)
        try:
            check_changeable(kept)
        except PlannerError as error:
            return HTMLResponse(plain.page(TITLE, plain.error(str(error)) + plain.back()), 409)
        if kept.has_factor and not hand.fresh:
            return sent_to_prove(hand, HERE)
        form = FORM.format(user=plain.user_name(kept.user_name), shortest=SHORTEST_PASSWORD)
        return HTMLResponse(plain.page(TITLE, plain.error(sentence) + WHY + form + plain.back()), status)

    def _change(self, request: Request, form: FormData) -> Response:
        hand = session_in_hand(self.database, self.settings, request)
        if hand is None:
            return RedirectResponse(TO_SIGN_IN, 303)
        try:
            token = self._token(request, hand, form)
        except PlannerError as error:
            return self._ask(request, str(error), 409)
        if token is None:
            return self._ask(request, WRONG, 401)
        done = HTMLResponse(plain.page("Your password is changed", DONE + plain.link("/account", "Your account")))
        return with_session(done, token, self.settings)

    def _token(self, request: Request, hand: Hand, form: FormData) -> str | None:
        """What is wrong with the new password is said first; the slow hashes stand before the transaction."""
        kept, new = self._kept(hand), typed(form, "new")
        check_changeable(kept)
        _check_new(new, typed(form, "again"), typed(form, "present"), kept.user_name)
        right = fits(kept.password_hash, typed(form, "present"))
        hashed, here = hash_password(new) if right else "", is_loopback(request, self.settings)
        with Desk(self.database, hand.person_id).writing() as work:
            return change_password(work, hand.token_hash, hashed, kept=kept, right=right, loopback=here)

    def _kept(self, hand: Hand) -> Kept:
        with self.database.read() as session:
            return kept_password(session, hand.person_id)


def _check_new(new: str, again: str, present: str, user_name: str) -> None:
    """The rules of the first password, and two more: typed alike twice, and another than before."""
    check_password(new, user_name)
    if new != again:
        raise InputError("The two new passwords differ. Type the same one twice.")
    if new == present:
        raise InputError("The new password is the present one. Choose another.")
