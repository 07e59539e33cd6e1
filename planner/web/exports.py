"""`/files/{kind}/{scope}/{name}`: downloads, made on request for whoever is signed in, each a line of the record.

Streamlit's own download links answer without a cookie; these do not. Missing and forbidden answer alike.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from planner.db import Database
from planner.errors import PlannerError
from planner.rules.access import DEVICE_FILES
from planner.rules.calendar_choice import ref_of
from planner.rules.words import Outcome
from planner.services.sessions import check_session
from planner.web.gate import SESSION
from planner.work import Desk, Look, utc_now


class Download(NamedTuple):
    """A file as it leaves, and why, where that was asked."""

    file_name: str
    media_type: str
    body: bytes
    why: str = ""


# Of a calendar's address so many parts come before the reason: whose it is, what of it, which days.
CALENDARS = {"calendar": 2, "calendar_sheet": 3}
Maker = Callable[[Look, str, str], Download]


class Exports:
    """One route for every kind of file; a maker reads with the rights of the person, or raises."""

    def __init__(self, database: Database, makers: Mapping[str, Maker]) -> None:
        self.database, self.makers = database, makers

    def routes(self) -> list[Route]:
        return [Route("/files/{kind}/{scope}/{name:path}", self.send, methods=["GET"])]

    async def send(self, request: Request) -> Response:
        kind, scope, name = (request.path_params[part] for part in ("kind", "scope", "name"))
        token_hash = request.headers.get(SESSION.decode(), "")
        found = await run_in_threadpool(self._made, token_hash, kind, scope, name)
        if found is None:
            return PlainTextResponse("There is no such file, or none that you can open.", 404)
        disposition = f"attachment; filename*=UTF-8''{quote(found.file_name)}"
        return Response(found.body, media_type=found.media_type, headers={"content-disposition": disposition})

    def _made(self, token_hash: str, kind: str, scope: str, name: str) -> Download | None:
        """The file, once its line stands in the record; a refusal and a wrong name are the same nothing."""
        seen = check_session(self.database, token_hash, utc_now(), active=True)
        maker = self.makers.get(kind)
        if seen is None or maker is None or "\0" in scope + name:  # PostgreSQL cannot even look a NUL up
            return None
        if seen.device and (kind, scope) not in DEVICE_FILES:
            return None
        desk = Desk(self.database, seen.person_id)
        try:
            with desk.reading() as look:
                made = maker(look, scope, name)
        except PlannerError as refusal:
            _record(desk, kind, (scope, name), str(refusal), Outcome.REFUSED)
            return None
        _record(desk, kind, (scope, name), f"{made.file_name} was downloaded.", Outcome.EXPORTED, made.why)
        return made


def _record(desk: Desk, kind: str, asked: tuple[str, str], sentence: str, outcome: Outcome, why: str = "") -> None:
    ref, rest = said_of(kind, *asked)
    detail: dict[str, Any] = ({"reason": why} if why else {}) | ({"asked": rest[:200]} if rest else {})
    with desk.writing() as work:
        work.record("export", sentence, kind=kind, ref=ref[:80], outcome=outcome, **detail)


def said_of(kind: str, scope: str, name: str) -> tuple[str, str]:
    """What a line of the record is about, and what else of an address is kept beside it, which no list shows.

    An action and an operation stand by themselves, by which the record leaves out what its reader may not know of; a
    care provider does not stand there. What ends an address is the reason, which has a place of its own.
    """
    if kind in CALENDARS:
        said = name.split("/", CALENDARS[kind])[: CALENDARS[kind]]
        return ref_of(scope, said[0]) or scope, " ".join(said)
    if kind == "table":
        file, _, narrowed = scope.partition(";")
        return dict(parse_qsl(narrowed[:4000])).get("operation") or file, scope if narrowed else ""
    return (f"{scope} {name}" if kind == "invitation" else scope), ""
