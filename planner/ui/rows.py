"""Rows as a table of HTML, the first cell of each a link: on the screen at once, for keyboard and screen reader too.

A grid on a canvas brings a megabyte of code along, which takes longer than all of the page beside it.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

_PACKAGE = "planner"
_NAME = f"{_PACKAGE}.rows"


def linked_rows(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, page: str, key: str
) -> str | None:
    """Draw the rows; the reference in a row's first cell leads to `page`. Returns the one just picked, once."""
    st.html(as_html(caption, columns, rows, page=page, key=key))
    result = _component()(key=key, data={"rows": f"rows-{key}"}, on_picked_change=_nothing)
    return picked(result.get("picked"), rows)


def as_html(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, page: str, key: str) -> str:
    """The table; every word in it is text, whatever it looks like."""
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(f"<tr><td>{_link(page, row[0])}</td>{_cells(row[1:])}</tr>" for row in rows)
    return (
        f'<div class="rows rows-{key}"><table aria-label="{escape(caption)}">'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(words: Sequence[str]) -> str:
    return "".join(f"<td>{escape(word)}</td>" for word in words)


def _link(page: str, reference: str) -> str:
    return f'<a href="{page}?{urlencode({"ref": reference})}" target="_self">{escape(reference)}</a>'


def picked(answer: object, rows: Sequence[Sequence[str]]) -> str | None:
    """What the browser says was picked, or nothing where that was never shown."""
    return next((row[0] for row in rows if row[0] == answer), None)


def _component() -> ComponentRenderer:
    """Declare the script as a file of this package, as the calendar does."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_NAME) is None:
        declared = ComponentConfig(name="rows", asset_dir="assets")
        manifest = ComponentManifest(name=_PACKAGE, version="1", components=[declared])
        manager.register_from_manifest(manifest, Path(__file__).parent)
    return st.components.v2.component(_NAME, js="rows.js")


def _nothing() -> None:
    """Streamlit keeps a picked value only where a callback is named."""
