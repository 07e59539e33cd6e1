"""The frame round every page: navigation by post, who is signed in, the exercise banner, the watchdog."""

from typing import Literal

import streamlit as st

from planner.ui.desk import PAGES, holds_exercise, is_signed_in, marking_of, session_actor, signed_out
from planner.ui.theme import dress

WATCH_SECONDS = 20
LONGEST_PARAMETER = 80
SIGN_OUT = '<a href="/logout" target="_self" style="color:inherit">Sign out</a>'


def main() -> None:
    """Draw the frame, then the page that was asked for."""
    st.set_page_config(layout="wide", page_icon="🚪")
    dress()
    actor = session_actor()
    if actor is None:
        signed_out()
        return
    _clean_address()
    pages = [_page(name) for name in PAGES if name == "today" or PAGES[name].open_to(actor)]
    chosen = st.navigation(pages, position="top")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if holds_exercise():
            st.badge("Exercise: everything here is fictional.", color="blue")
        st.text(f"{marking_of(actor)} · {actor.name}", width="content")
        st.html(SIGN_OUT, width="content")
        _watch()
    chosen.run()


def _clean_address() -> None:
    """What the pages read has no NUL, which PostgreSQL cannot even look up, and is no longer than any reference."""
    for name, value in st.query_params.items():
        kept = value.replace("\0", "")[:LONGEST_PARAMETER]
        if kept != value:
            st.query_params[name] = kept


def _page(name: str) -> st.Page:
    page = PAGES[name]
    visibility: Literal["hidden", "visible"] = "hidden" if page.hidden else "visible"
    return st.Page(f"pages/{name}.py", title=page.title, url_path=name, default=name == "today", visibility=visibility)


@st.fragment(run_every=WATCH_SECONDS)
def _watch() -> None:
    """Loss of an account or a session applies to an open page within a minute; watching is no activity."""
    if not is_signed_in():
        st.rerun(scope="app")
