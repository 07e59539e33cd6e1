"""Rows as a table of HTML: on the screen at once, for keyboard and screen reader too; on a phone a block for each row.

A grid on a canvas brings a megabyte of code along, which takes longer than all of the page beside it.
"""

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple, TypeVar

import streamlit as st

from planner.ui.address import address_of
from planner.ui.widgets import one_line

PER_PAGE = 50
AT_A_GLANCE = 10
T = TypeVar("T")
Cell = str | int | float | tuple[str, ...]  # several words are a line each
Row = Sequence[Cell]


class Link(NamedTuple):
    """Where a row's first cell leads: a page, with that cell under this name, and the tab to open there."""

    page: str
    tab: str = ""
    name: str = "ref"

    def query(self, reference: str) -> dict[str, str]:
        return {self.name: reference, **({"tab": self.tab} if self.tab else {})}


def draw_rows(caption: str, columns: Sequence[str], rows: Sequence[Row], *, key: str = "") -> None:
    """Draw rows that lead nowhere; the caption names the table to who cannot see it, the key to a rule of style."""
    st.html(as_html(caption, columns, rows, key=key))


def draw_action_rows(caption: str, columns: Sequence[str], rows: Sequence[Row], *, key: str, tab: str = "") -> None:
    """Draw rows whose first cell is an action's reference and leads to its page."""
    draw_linked_rows(caption, columns, rows, link=Link("action", tab), key=key)


def draw_linked_rows(caption: str, columns: Sequence[str], rows: Sequence[Row], *, link: Link, key: str) -> None:
    """Draw rows whose first cell leads to a page; a script beside every page keeps a click in the session."""
    st.html(as_html(caption, columns, rows, link=link, key=key))


def page_number(total: int, *, key: str, per_page: int = PER_PAGE) -> int:
    """Which page of a list is wanted, from 1; a list that fits one page has nothing to choose from."""
    pages = math.ceil(total / per_page)
    return min(st.pagination(pages, key=key), pages) if pages > 1 else 1


def matching(rows: Sequence[T], words: Callable[[T], str], *, key: str) -> Sequence[T]:
    """The rows that say what is typed in a field above them; a list that is read at a glance has no field."""
    if len(rows) <= AT_A_GLANCE:
        return rows
    typed = st.text_input("Find in this list", placeholder="A name or a word", key=key).strip().casefold()
    return [row for row in rows if typed in words(row).casefold()]


def page_of(rows: Sequence[T], *, key: str, per_page: int = PER_PAGE) -> Sequence[T]:
    """As many of them as one page shows; a longer list has pages to choose from."""
    first = (page_number(len(rows), key=key, per_page=per_page) - 1) * per_page
    return rows[first : first + per_page]


def as_html(
    caption: str, columns: Sequence[str], rows: Sequence[Row], *, link: Link | None = None, key: str = ""
) -> str:
    """The table; every word in it is text, whatever it looks like.

    A style that makes blocks of its rows would take their meaning away: hence every role is said. Where it is still
    wider than its place it scrolls inside itself, and so the keyboard must reach it: by its links, or the table.
    """
    names = [escape(name) for name in columns]
    sides = [_side(cell) for cell in rows[0]] if rows else [""] * len(names)
    heads = "".join(
        f'<th scope="col" role="columnheader"{side}>{name}</th>' for name, side in zip(names, sides, strict=True)
    )
    body = "".join(f'<tr role="row">{_cells(names, row, link)}</tr>' for row in rows)
    look = f"rows rows-{key}" if key else "rows"
    reach = "" if link else f' role="region" aria-label="{escape(caption)}: table" tabindex="0"'
    return (
        f'<div class="{look}"{reach}><table role="table" aria-label="{escape(caption)}">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _cells(names: Sequence[str], row: Row, link: Link | None) -> str:
    words = [_words(cell) for cell in row]
    if link:
        where = escape(address_of(link.page, link.query(str(row[0]))))
        words[0] = f'<a href="{where}" target="_self">{words[0]}</a>'
    return "".join(
        f'<td role="cell" data-label="{name}"{_side(cell)}>{word}</td>'
        for name, cell, word in zip(names, row, words, strict=True)
    )


def _side(cell: Cell) -> str:
    """Figures stand to the right."""
    return "" if isinstance(cell, str | tuple) else ' class="figure"'


def _words(cell: Cell) -> str:
    if isinstance(cell, tuple):
        lines = "<br>".join(escape(one_line(line)) for line in cell)
        return f"<span>{lines}</span>" if len(cell) > 1 else lines
    return escape(one_line(cell) if isinstance(cell, str) else f"{cell:,}".removesuffix(".0"))
