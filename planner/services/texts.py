"""Short texts on their way in: one line, a length, and never a word that belongs on another system."""

import re
import unicodedata

from planner.errors import InputError

_SECRET = re.compile(r"\b(top )?secret\b", re.IGNORECASE)


def short_text(text: str | None, what: str, *, most: int = 300) -> str:
    """The text without spaces at its ends; InputError when it is long, has several lines or is marked SECRET."""
    said = (text or "").strip()
    if len(said) > most:
        raise InputError(f"{what} has at most {most} characters; this has {len(said)}. Give a reference, not content.")
    if any(unicodedata.category(character) == "Cc" for character in said):
        raise InputError(f"{what} is one line. Take the line breaks and tabs out.")
    if _SECRET.search(said):
        raise InputError(f"{what} speaks of SECRET, which has no place here: use a system accredited for it.")
    return said


def needed_text(text: str | None, what: str, *, most: int = 300) -> str:
    """A short text that must not be empty."""
    said = short_text(text, what, most=most)
    if not said:
        raise InputError(f"{what} is missing. Give it in a few words.")
    return said
