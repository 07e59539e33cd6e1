"""One entry of a calendar as HTML, in a table or in a list: a link of words, each text whatever it looks like."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from planner.ui.calendar import Known, Mark, Shape
from planner.ui.calendar_days import Tile, is_band
from planner.ui.calendar_grid import Cell, long_name
from planner.ui.widgets import Sign

MOVABLE = ' class="movable"'


@dataclass(frozen=True)
class About:
    """What is known beside the entries themselves; `at`: the address of a shape of a day."""

    today: date
    at: Callable[[Shape, date], str]
    marks: Mapping[date, Sequence[Mark]] = field(default_factory=dict)
    known: Mapping[str, Known] = field(default_factory=dict)

    def whole(self, day: date) -> str:
        """Where everything of a day is listed."""
        return self.at(Shape.AGENDA, day)


def in_cell(cell: Cell, day: date, about: About) -> str:
    """The entries of a day in a table, one below the other, and where the rest of them is."""
    entries = _entries(cell, day, about, table_tile)
    return "".join(f"<div{MOVABLE}>{entry}{move}</div>" if move else entry for entry, move in entries)


def in_list(cell: Cell, day: date, about: About) -> str:
    """The same as a list."""
    entries = _entries(cell, day, about, roomy_tile)
    return listed(f"<li{MOVABLE if move else ''}>{entry}{move}</li>" for entry, move in entries)


def _entries(
    cell: Cell, day: date, about: About, drawn: Callable[[Tile, date, About], str]
) -> Iterator[tuple[str, str]]:
    """Each, and of what may be moved a second link, which leads to where that is done."""
    for tile in cell.tiles:
        move = _known(tile, about).move
        yield drawn(tile, day, about), _link(move, "move", "Move…", f"Move… {tile.entry.title}") if move else ""
    if cell.more:
        words = f"+{cell.more} more"
        yield _link(about.whole(day), "more", words, f"{words} on {long_name(day)}"), ""


def table_tile(tile: Tile, day: date, about: About) -> str:
    """In a table what has no room is there for who hears it."""
    entry, state = tile.entry, _known(tile, about).state
    first = f"{tile.time} {entry.title}".strip()
    heard = (first, state.word, tile.until, entry.detail, "" if is_band(tile.entry) else long_name(day))
    return _pressed(tile, day, about, f"{escape(first)}{_part('state', _signed(state))}", heard)


def roomy_tile(tile: Tile, day: date, about: About) -> str:
    """In a list there is room for everything."""
    entry, state = tile.entry, _known(tile, about).state
    time = f"{tile.time} {tile.until}".strip()
    parts = {"time": time, "title": entry.title, "state": _signed(state), "detail": entry.detail}
    seen = "".join(_part(name, words) for name, words in parts.items())
    return _pressed(tile, day, about, seen, (time, entry.title, state.word, entry.detail))


def _pressed(tile: Tile, day: date, about: About, seen: str, heard: Iterable[str]) -> str:
    """An entry, its parts set apart by a pause for who hears them."""
    look = f"tile {_known(tile, about).state.colour}"
    return _link(tile.entry.address or about.whole(day), look, seen, ", ".join(filter(None, heard)))


def _signed(state: Sign) -> str:
    return f"{state.mark}\u00a0{state.word}" if state.word else ""


def _known(tile: Tile, about: About) -> Known:
    return about.known.get(tile.entry.ref) or Known(tile.entry.state)


def _link(address: str, look: str, seen: str, heard: str) -> str:
    """Its name is an attribute: a month with elements for what is heard has twice as many, and takes as much longer."""
    return f'<a class="{look}" href="{escape(address)}" aria-label="{escape(heard)}">{seen}</a>'


def _part(name: str, words: str) -> str:
    return f'<span class="{name}">{escape(words)}</span>' if words else ""


def hidden(words: str) -> str:
    """Heard, not seen."""
    return f'<span class="hidden">{escape(words)}</span>'


def sign_html(sign: str) -> str:
    """A sign is seen beside its word, which is heard."""
    return f'<span aria-hidden="true">{escape(sign)}\u00a0</span>'


def listed(items: Iterable[str], look: str = "") -> str:
    said = "".join(items)
    return f'<ul role="list"{look}>{said}</ul>' if said else ""
