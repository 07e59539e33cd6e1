"""One entry of a calendar as HTML, in a table or in a list: a link of words, each text whatever it looks like."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from planner.ui.calendar import Known, Mark
from planner.ui.calendar_grid import Cell, ShownOn, Tile, long_name


@dataclass(frozen=True)
class About:
    """What is known beside the entries themselves; `whole`: the address of the list of a day."""

    today: date
    whole: Callable[[date], str]
    marks: Mapping[date, Sequence[Mark]] = field(default_factory=dict)
    known: Mapping[str, Known] = field(default_factory=dict)


def items_of(cell: Cell, day: date, about: About, *, roomy: bool = False) -> list[str]:
    """The entries of a day, and where the rest of them is."""
    drawn = roomy_tile if roomy else table_tile
    items = [_item(tile, drawn(tile, day, about), about) for tile in cell.tiles]
    if cell.more:
        said = f"+{cell.more} more" + hidden(f" on {long_name(day)}")
        items.append(f"<li>{_link(about.whole(day), 'more', said)}</li>")
    return items


def _item(tile: Tile, drawn: str, about: About) -> str:
    """What may be moved has a second link, which leads to where that is done."""
    move = _known(tile, about).move
    if not move:
        return f"<li>{drawn}</li>"
    said = "Move…" + hidden(f" {tile.entry.title}")
    return f'<li class="movable">{drawn}{_link(move, "move", said)}</li>'


def table_tile(tile: Tile, day: date, about: About) -> str:
    """In a table what has no room is there for who hears it."""
    entry = tile.entry
    time = f'<span class="time">{tile.time}</span> ' if tile.time else ""
    first = f'<span class="first">{time}{escape(entry.title)}</span>'
    rest = ", ".join(filter(None, (tile.until, entry.detail, long_name(day) if not _is_band(tile) else "")))
    return _pressed(tile, day, about, (first, _state(tile, about), hidden(rest) if rest else ""))


def roomy_tile(tile: Tile, day: date, about: About) -> str:
    """In a list there is room for everything."""
    entry = tile.entry
    time = _line("time", f"{tile.time} {tile.until}".strip())
    lines = (time, _line("title", entry.title), _state(tile, about), _line("detail", entry.detail))
    return _pressed(tile, day, about, lines)


def _is_band(tile: Tile) -> bool:
    return isinstance(tile.entry, ShownOn) and tile.entry.last_on > tile.entry.first_on


def _pressed(tile: Tile, day: date, about: About, parts: Iterable[str]) -> str:
    """An entry, its parts set apart by a pause for who hears them."""
    said = hidden(", ").join(filter(None, parts))
    return _link(tile.entry.address or about.whole(day), f"tile {_known(tile, about).state.colour}", said)


def _state(tile: Tile, about: About) -> str:
    state = _known(tile, about).state
    return f'<span class="state">{sign_html(state.mark)}{escape(state.word)}</span>' if state.word else ""


def _known(tile: Tile, about: About) -> Known:
    return about.known.get(tile.entry.ref) or Known(tile.entry.state)


def _link(address: str, look: str, said: str) -> str:
    return f'<a class="{look}" href="{escape(address)}" target="_self">{said}</a>'


def _line(name: str, words: str) -> str:
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
