"""The cookies: of a session, of the step before it, of a device; behind TLS their names bind them to this host."""

from starlette.requests import Request
from starlette.responses import Response

from planner.db import Database
from planner.models.accounts import SignInStep
from planner.services.devices import REMEMBERED
from planner.services.known_browsers import mark_for
from planner.services.sessions import ABSOLUTE, hash_of
from planner.services.steps import STEP_LASTS
from planner.settings import Settings
from planner.web.addresses import led_back

KNOWN_SECONDS = 365 * 24 * 3600


def cookie_name(settings: Settings) -> str:
    return _named("planner", settings)


def step_name(settings: Settings) -> str:
    return _named("planner_step", settings)


def device_name(settings: Settings) -> str:
    return _named("planner_device", settings)


def known_name(settings: Settings) -> str:
    return _named("planner_known", settings)


def _named(name: str, settings: Settings) -> str:
    return f"__Host-{name}" if settings.secure_cookies else name


def with_session(response: Response, token: str, settings: Settings) -> Response:
    return _kept(response, cookie_name(settings), token, settings, seconds=int(ABSOLUTE.total_seconds()))


def with_step(response: Response, token: str, settings: Settings) -> Response:
    return _kept(response, step_name(settings), token, settings, seconds=int(STEP_LASTS.total_seconds()))


def with_device(response: Response, token: str, settings: Settings) -> Response:
    return _kept(response, device_name(settings), token, settings, seconds=int(REMEMBERED.total_seconds()))


def with_known(response: Response, user_name: str, settings: Settings) -> Response:
    """This browser is known from now on for this name."""
    return _kept(response, known_name(settings), mark_for(user_name), settings, seconds=KNOWN_SECONDS)


def _kept(response: Response, name: str, token: str, settings: Settings, *, seconds: int) -> Response:
    secure = settings.secure_cookies
    response.set_cookie(name, token, httponly=True, samesite="lax", secure=secure, path="/", max_age=seconds)
    return response


def forget(response: Response, name: str, settings: Settings) -> Response:
    response.delete_cookie(name, path="/", secure=settings.secure_cookies, httponly=True, samesite="lax")
    return response


def step_token(request: Request, settings: Settings) -> str:
    return request.cookies.get(step_name(settings), "")


def wanted_after(database: Database, token: str) -> str:
    """Where the step leads once it is answered."""
    with database.read() as session:
        step = session.get(SignInStep, hash_of(token))
        return led_back(step.wanted if step else "/")
