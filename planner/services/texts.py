"""Texts on their way in: a length, nothing unseen, no marking that belongs elsewhere, nobody's name or number."""

import unicodedata

from planner.errors import InputError
from planner.questions import question
from planner.rules.markings import ELSEWHERE, speaks_of_secret

LONGEST_MINUTE = 4000


def short_text(text: str | None, what: str, *, most: int = 300) -> str:
    """A reference without spaces at its ends; InputError when it is long, has several lines or is marked SECRET."""
    said = (text or "").strip()
    if len(said) > most:
        raise InputError(f"{what} has at most {most} characters; this has {len(said)}. Give a reference, not content.")
    if _unseen(said):
        raise InputError(f"{what} is one line. Take the line breaks and tabs out.")
    _refuse_secret(said, what, prose=False)
    question(said, what)
    return said


def said_text(text: str | None, what: str, *, most: int = 300) -> str:
    """What a person typed, drawn up to one line; it may be empty."""
    return _prose(" ".join((text or "").split()), what, most=most)


def needed_text(text: str | None, what: str, *, most: int = 300) -> str:
    """What a person typed, which must not be empty."""
    said = said_text(text, what, most=most)
    if not said:
        raise InputError(f"{what} is missing. Give it in a few words.")
    return said


def minute_text(text: str | None, what: str) -> str:
    """What is minuted, with the line breaks it was typed with; it may be empty."""
    lines = (text or "").strip().splitlines()
    return _prose("\n".join(line.replace("\t", " ").rstrip() for line in lines), what, most=LONGEST_MINUTE)


def _prose(said: str, what: str, *, most: int) -> str:
    if len(said) > most:
        raise InputError(f"{what} has at most {most:,} characters; this has {len(said):,}. Shorten it, then try again.")
    if _unseen(said.replace("\n", "")):
        raise InputError(f"{what} holds a character that cannot be seen. Type it anew instead of pasting it.")
    _refuse_secret(said, what, prose=True)
    question(said, what)
    return said


def _unseen(said: str) -> bool:
    return any(unicodedata.category(character) == "Cc" for character in said)


def _refuse_secret(said: str, what: str, *, prose: bool) -> None:
    if speaks_of_secret(said, prose=prose):
        raise InputError(f"{what} speaks of SECRET, which has no place here: {ELSEWHERE}.")
