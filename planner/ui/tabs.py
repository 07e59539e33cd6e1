"""A page's tabs: which one is open stands in the address, so that links and Back lead to it."""

from collections.abc import Collection
from typing import Any

import streamlit as st

from planner.ui.address import as_asked, keep, key_of

TAB = "tab"


def draw_tabs(names: Collection[str], *, name: str = TAB) -> dict[str, Any]:
    """A container for each; the first is open where the address names none of them.

    Not bound by Streamlit: what it binds on one page it takes from the address of the next, where links name a tab too.
    """
    options = list(names)
    as_asked(name, options, options[0])
    drawn = st.tabs(options, key=key_of(name), on_change=keep, args=(name, options[0]))
    return dict(zip(options, drawn, strict=True))


def open_tab(name: str) -> None:
    """From a button's callback: another tab of the page that is open."""
    st.query_params[TAB] = name
