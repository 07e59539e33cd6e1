"""Where a request comes from, and what was typed into its form."""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import HTTPConnection, Request

from planner.services.passkeys import Site
from planner.settings import Settings

LONGEST_FIELD = 200
PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


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


def same_origin(asked: HTTPConnection) -> bool:
    """Whether a form was sent, or a websocket opened, by our own page; a browser names the site it was on."""
    origin = asked.headers.get("origin")
    return not origin or urlsplit(origin).netloc == asked.headers.get("host")


def is_own_navigation(asked: HTTPConnection) -> bool:
    """Whether the browser says that a link on our own page was followed; it says nothing of one typed or elsewhere."""
    said = asked.headers.get("sec-fetch-site"), asked.headers.get("sec-fetch-mode", "navigate")
    return said == ("same-origin", "navigate")


def site_of(request: Request, settings: Settings) -> Site:
    """The host that a security key signs for: the public one, or this machine's own name.

    The name was checked before: a request for another host reaches nothing.
    """
    public = urlsplit(settings.public_url)
    host = request.url.hostname or ""
    if host == public.hostname and public.scheme == "https":
        return Site(host, settings.public_url)
    return Site(host, f"http://{request.headers.get('host', host)}")


def typed(form: FormData, field: str, *, most: int = LONGEST_FIELD) -> str:
    """What was typed into a field; a NUL, which PostgreSQL cannot even look up, is left out."""
    return str(form.get(field) or "")[:most].replace("\x00", "")
