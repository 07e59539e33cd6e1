"""The frame round every page: navigation by post, who is signed in, the exercise banner, the watchdog."""

import re
from collections.abc import Callable
from typing import Literal

import streamlit as st

from planner.access import opens
from planner.ui.desk import (
    PAGES,
    Standing,
    asked_page,
    holds_exercise,
    marking_of,
    not_here,
    session_actor,
    signed_out,
    standing,
)
from planner.ui.theme import dress
from planner.ui.widgets import MARKING

WATCH_SECONDS = 20
FIRST = "today"  # at the site's own address
LONGEST_PARAMETER = 80
WORD = re.compile(r"[A-Za-z0-9_-]+")
SIGN_OUT = '<a href="/logout" target="_self" style="color:inherit">Sign out</a>'
LINKS = f'<a href="/account" target="_self" style="color:inherit">Your account</a> · {SIGN_OUT}'


def main() -> None:
    """Draw the frame, then the page that was asked for."""
    st.set_page_config(layout="wide", page_icon="🚪")
    dress()
    _clean_address()
    actor = session_actor()
    if actor is None:
        _bare(signed_out)
        return
    open_pages = [name for name in PAGES if opens(actor, name)]
    if not open_pages:
        _bare(not_here)
        return
    pages = [_page(name) for name in open_pages]
    chosen = st.navigation([*_root(open_pages), *pages, *_missing(open_pages)], position="top")
    st.session_state[MARKING] = marking_of(actor)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if holds_exercise():
            st.badge("Exercise: everything here is fictional.", color="blue")
        st.text(f"{st.session_state[MARKING]} · {actor.name}", width="content")
        st.html(SIGN_OUT if actor.device else LINKS, width="content")
        _watch(standing())
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
    return st.Page(f"pages/{name}.py", title=page.title, url_path=name, default=name == FIRST, visibility=visibility)


def _root(open_pages: list[str]) -> list[st.Page]:
    """The site's own address where Today is closed, as on a remembered device: it leads to the first page there is.

    A page that stood there itself would be found at no other address, and a letter's link leads to its own.
    """
    if FIRST in open_pages:
        return []
    return [
        st.Page(
            lambda: st.switch_page(f"pages/{open_pages[0]}.py"),
            url_path=FIRST,
            default=True,
            title="Threshold",
            visibility="hidden",
        )
    ]


def _missing(open_pages: list[str]) -> list[st.Page]:
    """A page for the address that was asked for, where it is none of this person's: whether or not it is another's."""
    asked = asked_page()
    if asked in ("", *open_pages) or not WORD.fullmatch(asked):
        return []
    return [st.Page(not_here, title="Not found", url_path=asked, visibility="hidden")]


def _bare(draw: Callable[[], None]) -> None:
    """Draw alone, without a list of pages, at the address that stands in the browser."""
    first = st.Page(draw, title="Signed out", url_path="today", default=True)
    asked = asked_page()
    here = [st.Page(draw, title="Signed out", url_path=asked)] if WORD.fullmatch(asked) and asked != "today" else []
    st.navigation([first, *here], position="hidden").run()


@st.fragment(run_every=WATCH_SECONDS)
def _watch(drawn_for: Standing | None) -> None:
    """Loss of a session, a post or an action applies to an open page within a minute; watching is no activity."""
    if standing() != drawn_for:
        st.rerun(scope="app")
