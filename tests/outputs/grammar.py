"""A calendar file as those see it who know the grammar alone, and as icalendar reads it; what it must never be."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from icalendar import Calendar

MOST_OCTETS = 75
ESCAPED = re.compile(r"\\([\\;,nN])")


class Said(NamedTuple):
    """One property where it stands, with its parameters and its value as text."""

    where: str
    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str


def names(body: bytes) -> list[str]:
    """The name of every property and component line, as a parser that knows only the grammar sees them."""
    return [line.split(":")[0].split(";")[0] for line in body.decode().replace("\r\n ", "").split("\r\n")]


def faults(body: bytes) -> list[str]:
    """What RFC 5545, 3.1 forbids, and what nobody can see."""
    lines = body.split(b"\r\n")
    found = [f"a line of {len(line)} octets" for line in lines if len(line) > MOST_OCTETS]
    found += ["a bare break" for line in lines if b"\n" in line or b"\r" in line]
    found += ["an empty line" for line in lines[:-1] if not line.strip()]
    found += ["no break at the end"] if lines[-1] else []
    found += [f"the character {c!r}" for c in set(_text(lines)) if not c.isprintable() and c not in ALLOWED]
    return found


# Joins of emoji and the letters of a flag: nobody sees them, and they hide nothing.
ALLOWED = {"\u200d", *map(chr, range(0xE0020, 0xE0080))}


def _text(lines: list[bytes]) -> str:
    """Each line by itself, so that a fold within a character is an error."""
    return "".join(line.decode() for line in lines)


def read(body: bytes) -> list[Said]:
    """Every property, component by component."""
    return list(_read(Calendar.from_ical(body), ""))


def _plain(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]


def _left_escaped(name: str) -> bool:
    """What icalendar knows no type of, though it is a text (RFC 7986, 5.1)."""
    return name == "NAME" or name.startswith("X-")


def _read(component: Any, above: str) -> Iterator[Said]:
    where = f"{above}/{component.name}"
    for name, value in component.items():
        for each in value if isinstance(value, list) else [value]:
            held = getattr(each, "params", {})
            parameters = tuple(sorted((key, str(held[key])) for key in held))
            written = each if isinstance(each, str) else each.to_ical()
            said = written.decode() if isinstance(written, bytes) else str(written)
            yield Said(where, name, parameters, ESCAPED.sub(_plain, said) if _left_escaped(name) else said)
    for below in component.subcomponents:
        yield from _read(below, where)
