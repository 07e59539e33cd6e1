"""Every calendar file, feed and invitation of some readers while one text stands in every field; run: their digests.

What a program of its own writes under `python -O` is compared with what the tests have looked at.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, select

from planner.db import Database
from planner.errors import NotFound
from planner.models.conferences import Conference
from planner.models.feeds import Feed
from planner.rules.calendar_choice import Choice
from planner.views.calendar_scopes import own_scopes
from planner.views.feeds import held_by
from planner.web.makers import MAKERS
from planner.work import Desk, Look
from tests.builders import NOW
from tests.outputs.payloads import TEN
from tests.outputs.typed import type_everywhere

MORE = {"action": ("reference",)}


def calendars(database: Database, people: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    """Each by what it is, in one order."""
    for name, person in people.items():
        with Desk(database, person, lambda: NOW).reading() as look:
            for number, row in enumerate(own_scopes(look)):
                choice = Choice(frozenset(row.kinds), alarm=30)
                made = MAKERS["calendar"](look, row.scope, f"{row.name}/{choice.text}/Why")
                yield f"{name} {row.scope} {number} file", made.body
                yield (
                    f"{name} {row.scope} {number} feed",
                    held_by(look, _feed(person, row.scope, row.name, choice)).body,
                )
            for number, body in _invitations(look):
                yield f"{name} invitation {number}", body


def _feed(person: int, scope: str, name: str, choice: Choice) -> Feed:
    return Feed(
        person_id=person,
        scope=scope,
        name=name,
        choice=choice.text,
        label="Outlook",
        reason="Why",
        token_hash="0",
        calendar_uid=f"feed of {scope}",
        made_at=NOW,
        expires_on=NOW.date() + timedelta(days=1),
    )


def _invitations(look: Look) -> Iterator[tuple[int, bytes]]:
    """As a file, of each conference to come to which the reader's agency is invited."""
    for number in look.session.exec(select(Conference.id).order_by(col(Conference.id))).all():
        try:
            made = MAKERS["invitation"](look, "mine", str(number))
        except NotFound:
            continue
        yield number or 0, made.body


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def digests(database: Database, people: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    for payload in TEN:
        type_everywhere(database, payload.typed, MORE)
        for what, body in calendars(database, people):
            yield payload.name, what, digest_of(body)


if __name__ == "__main__":
    url, people = sys.argv[1:]
    json.dump({"asserts": __debug__, "digests": list(digests(Database(url), json.loads(people)))}, sys.stdout)
