"""Since you last looked: what others changed, the same on every page that says it."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.services.last_looks import note_look
from planner.ui.forms import DRAWN, kept_here
from planner.views.since import MOST, changes_since
from planner.work import Desk


def seen_before(desk: Desk, page: str, reference: str = "") -> int | None:
    """Up to which line this person had seen before this visit, which is noted as often as the page is drawn anew."""
    drawn, name = kept_here(DRAWN), f"since-{page}-{reference}"
    if name not in drawn:
        with desk.writing() as work:
            drawn[name] = note_look(work, page, reference)
    line: int | None = drawn[name]
    return line


def draw_since(desk: Desk, page: str, reference: str = "", *, most: int = MOST) -> None:
    """What others did since this person's visit before, newest first; one's own changes are no news."""
    line = seen_before(desk, page, reference)
    if line is None:
        st.text("You look at this for the first time.")
        return
    with desk.reading() as look:
        since = changes_since(look, line, reference, most=most)
    if not since.number:
        st.text("Nothing was changed by others.")
        return
    more = since.number - len(since.latest)
    said = [f"{instant_words(item.at)}, {item.actor}: {item.sentence}" for item in since.latest]
    st.text("\n".join([*said, *([f"And {count_words(more, 'earlier change')}: see its history."] if more else [])]))
