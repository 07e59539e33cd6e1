"""A few numbers side by side, each with its name: a list of pairs in HTML, on the screen together with the page.

`st.metric` brings code along for trends that we do not show, and its numbers come a tenth of a second after the rest.
"""

from collections.abc import Iterable
from html import escape

import streamlit as st


def draw_figures(pairs: Iterable[tuple[str, int]]) -> None:
    st.html(as_html(pairs))


def as_html(pairs: Iterable[tuple[str, int]]) -> str:
    """Name and number are joined for who hears them; every word is text."""
    said = "".join(f"<div><dt>{escape(name)}</dt><dd>{number}</dd></div>" for name, number in pairs)
    return f'<dl class="figures">{said}</dl>'
