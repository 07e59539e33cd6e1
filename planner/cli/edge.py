"""The edge of the command line: who acts, one answer as lines or JSON, refusals as one sentence and an exit code."""

import json
import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotFound, PlannerError, Questioned
from planner.models.accounts import Account
from planner.services.checkpoints import witness_of
from planner.settings import load_settings
from planner.work import Desk, utc_now

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


@dataclass
class Line:
    """What was said before the command: who acts, in which form to answer; and whether it lets words through."""

    actor: str | None = None
    as_json: bool = False
    lets_through: bool = False


LINE = Line()


def _let_through(words: list[str] | None) -> list[str] | None:
    """Asked of every command that has the option, whether it was given or not."""
    LINE.lets_through = True
    return words


LookedAt = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WORDS",
        help="These words in question are a post, an organisation or a reference.",
        callback=_let_through,
    ),
]


_opened: list[Database] = []


def open_database() -> Database:
    """The database of the settings, closed when the command ends."""
    _opened.append(Database(load_settings().database_url))
    return _opened[-1]


def close_databases() -> None:
    while _opened:
        _opened.pop().dispose()


def desk_of(actor: str | None = None) -> Desk:
    """The desk of --as or PLANNER_AS by user name; without either the operator, who reads all and does nothing."""
    (name,) = texts([actor or LINE.actor or os.environ.get("PLANNER_AS") or ""])
    database, witness = open_database(), witness_of(load_settings().checkpoints)
    if not name:
        return Desk(database, None, utc_now, witness)
    with database.read() as session:
        person = session.exec(select(Account.person_id).where(Account.user_name == name)).first()
    if person is None:
        raise NotFound(f"There is no account {name}. Name one with --as, or leave it out to read as the operator.")
    return Desk(database, person, utc_now, witness)


def texts(words: list[str]) -> list[str]:
    """What was typed, unless it is no text: such bytes are refused by every database, and cannot be said again."""
    for word in words:
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            said = word.encode(errors="replace").decode()
            raise InputError(f"“{said}” has bytes that are no text in UTF-8. Type it again; rename it if it is a file.")
    return words


def answer(payload: Any, lines: Iterable[str] = ()) -> None:
    """Print the payload as JSON where it was asked for, otherwise the lines."""
    if LINE.as_json:
        print(json.dumps(payload, ensure_ascii=False, default=str))
        return
    for line in lines:
        print(line)


def refuse(error: PlannerError) -> int:
    """The sentence on stderr, or the error object with --json; exit code 1."""
    words = [doubt.words for doubt in error.doubts] if isinstance(error, Questioned) else []
    if LINE.as_json:
        told = {"kind": error.kind, "sentence": str(error), **({"in_question": words} if words else {})}
        print(json.dumps({"error": told}, ensure_ascii=False))
    else:
        print(str(error), file=sys.stderr)
        for line in look_words(words):
            print(line, file=sys.stderr)
    return REFUSED


def look_words(in_question: Sequence[str]) -> list[str]:
    """How words in question are let through, where there are any and the command lets any through."""
    options = " ".join(f"--looked-at {shlex.quote(each)}" for each in in_question)
    if not in_question or not LINE.lets_through:
        return []
    return [f"Is it a post, an organisation or a reference? Then add {options}"]
