"""Strings on their way into a calendar file: cleaned once, at the boundary.

The calendar library leaves NAME, COLOR and X- properties unescaped, where a newline would start a property
of its own, so no string reaches it uncleaned.
"""

import functools
import re
import unicodedata
from urllib.parse import parse_qsl, quote, urlsplit

from icalendar import vText

_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters, lone surrogates, and the marks that turn the direction of writing to disguise a word.
_UNSAFE = {"Cc", "Cs"}
_DISGUISES = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_QUOTED = re.compile(r'[",;:’]+')


class Text(vText):
    """A text that is read again as it was typed: the library makes a line break of a backslash before a capital N."""

    def to_ical(self) -> bytes:
        written: bytes = super().to_ical() if "\\N" not in self else str(self).translate(_ESCAPED).encode()
        return written


def lines(text: str) -> str:
    """Return the text without control characters, its line breaks kept as plain newlines."""
    if _is_harmless(text):
        return text.strip()
    kept = (c for c in _BREAKS.sub("\n", text) if c == "\n" or _is_plain(c))
    return "".join(kept).strip()


def one_line(text: str) -> str:
    """Return the text without control characters, its line breaks turned into spaces."""
    return " ".join(lines(text).split())


def text_value(text: str) -> Text:
    """Return a one-line value that is escaped, also for the properties that the library would leave raw."""
    return Text(one_line(text))


def common_name(text: str) -> str:
    """Return a name for CN that needs no quotes, which Outlook would show raw."""
    return one_line(_QUOTED.sub(" ", text))


@functools.lru_cache(maxsize=16_384)
def link(text: str) -> str:
    """Return the web address with every odd character percent-encoded, or nothing if it is no web address."""
    bare = text.strip() if _is_harmless(text) else "".join(c for c in text.strip() if _is_plain(c))
    if urlsplit(bare).scheme not in {"http", "https"}:
        return ""
    return quote(bare, safe="%/:=&?~#+!$,;'@()*[]-._")


def carries_secret(url: str) -> bool:
    """Say whether a web address would let in whoever holds it: by a user name, a token or a key."""
    parts = urlsplit(url)
    names = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    return parts.username is not None or bool(names & {"token", "key", "secret", "session"})


def _is_harmless(text: str) -> bool:
    """Nearly every text: nothing of it would be taken out, and to see so takes no look at each character."""
    return text.isascii() and text.isprintable()


def _is_plain(character: str) -> bool:
    return unicodedata.category(character) not in _UNSAFE and character not in _DISGUISES
