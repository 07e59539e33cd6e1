"""Calendar feeds: made, shown once, listed with their last use, revoked; and an operation's switch for them."""

from datetime import date, timedelta

import streamlit as st

from planner.rules.calendar_choice import DETAIL_WORDS, TAKES_HOURS, Detail, kinds_words, usual
from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words
from planner.services import feeds
from planner.settings import load_settings
from planner.ui.calendar_taking import choose_what, draw_preview
from planner.ui.desk import attempt
from planner.ui.forms import kept_here
from planner.ui.rows import draw_rows
from planner.ui.widgets import fold_saying
from planner.views.calendar_preview import feed_preview
from planner.views.calendar_scopes import ScopeRow
from planner.views.feeds import FeedRow, may_make, own_feeds, switch_of
from planner.work import Desk

ADDRESS = "feed_address"
WHICH, PRESSED = "which-feed", "feeds_pressed"
ALL = "all"
GOOD_FOR = timedelta(days=90)
SLOW = (
    "Outlook asks every few hours, Google every 8 to 24: never rely on a feed for a change of the same day. "
    "A calendar company that you give the address to reads what the feed shows."
)


def draw_feeds(desk: Desk, row: ScopeRow) -> None:
    """One's own feeds, and a new one of the calendar that is shown."""
    st.header("Feeds")
    st.text("A feed is an address that a calendar program reads by itself, until you revoke it or its day comes.")
    _draw_address()
    _revoke_pressed(desk)
    with desk.reading() as look:
        mine, allowed, today = own_feeds(look), may_make(look), look.now.date()
        outside = not row.names_actions and bool(usual(row.scope).kinds & TAKES_HOURS)
    if mine:
        _draw_own(mine)
    if not allowed:
        st.text(feeds.FEEDS_ARE_OFF)
        return
    folded = fold_saying(f"Make a feed of: {row.words}", key="make-feed")
    if folded.open:
        with folded:
            _draw_new(desk, row, today, Detail.BUSY if outside else Detail.NEUTRAL)


def _draw_address() -> None:
    address = st.session_state.pop(ADDRESS, None)
    if address is None:
        return
    with st.container(border=True):
        st.text("Give this address to your calendar program and to nobody else; it is not shown again.")
        st.code(address, language=None, wrap_lines=True)
        st.text(SLOW)


def _press(all_of_them: bool) -> None:
    """Put aside which feed the browser showed: one that is gone by now is not drawn, and another would stand there."""
    kept_here(PRESSED)[WHICH] = ALL if all_of_them else st.session_state.get(WHICH)


def _revoke_pressed(desk: Desk) -> None:
    """Before the list is read: whatever is refused, what stands below is what there is."""
    which = kept_here(PRESSED).pop(WHICH, None)
    if which == ALL:
        said = ("feed is", "feeds are")
        attempt(desk, feeds.revoke_feeds, done=lambda n: f"{count_words(n, *said)} dead from now on.", form=PRESSED)
    elif which is not None:
        revoked = "The feed is dead from now on."
        attempt(desk, lambda work: feeds.revoke_feed(work, which), done=revoked, form=PRESSED)


def _draw_own(mine: tuple[FeedRow, ...]) -> None:
    draw_rows("Your feeds", ("Feed", "Of", "Shows", "Good until", "Last used", "Networks in a week"), _rows(mine))
    named = {row.id: f"{row.label}, of {row.words}" for row in mine}
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask-row-feed"):
        st.selectbox("Which feed", list(named), format_func=named.__getitem__, key=WHICH)
        st.button("Revoke it", on_click=_press, args=(False,))
        if len(mine) > 1:
            st.button("Revoke all of them", on_click=_press, args=(True,))


def _rows(mine: tuple[FeedRow, ...]) -> list[tuple[str, str, str, str, str, int]]:
    return [
        (
            row.label,
            row.words,
            f"{DETAIL_WORDS[row.choice.detail]}: {kinds_words(row.choice.kinds - row.choice.left_out) or 'nothing'}",
            day_words(row.expires_on, year=True),
            instant_words(row.last_used_at) if row.last_used_at else "Never",
            row.places,
        )
        for row in mine
    ]


def _draw_new(desk: Desk, row: ScopeRow, today: date, detail: Detail) -> None:
    choice = choose_what(row, "feed", detail)
    if choice is not None:
        with desk.reading() as look:
            shown = feed_preview(look, row.scope, row.name, choice)
        draw_preview(shown)
    with st.form("new-feed", border=False):
        label = st.text_input("What you call it", placeholder="For example Outlook at work")
        until = st.date_input("Good until", today + GOOD_FOR, format="DD/MM/YYYY")
        why = st.text_input("Why you need it")
        st.text(SLOW)
        if st.form_submit_button("Make the feed", type="primary") and choice is not None:
            request = feeds.FeedRequest(row.scope, row.name, choice.text, label, until, why)
            attempt(desk, lambda work: feeds.make_feed(work, request), done=_keep_address)


def _keep_address(token: str) -> str:
    st.session_state[ADDRESS] = f"{load_settings().public_url}/feeds/{token}.ics"
    return "The feed is made. Its address is below."


def draw_switch(desk: Desk, operation_id: int) -> None:
    """Whether this operation's entries may be in feeds: the cell or the national Gold says, on an assessment."""
    with desk.reading() as look:
        switch = switch_of(look, operation_id)
    st.header("Calendar feeds")
    if switch.assessment:
        st.text(f"On, by the data-protection assessment {switch.assessment}.")
    else:
        st.text("Off: a feed hands dates to a calendar company, so its data-protection assessment comes first.")
    if not switch.may_change:
        return
    with st.expander("Turn feeds off" if switch.assessment else "Turn feeds on"), st.form("feeds", border=False):
        if switch.assessment:
            why = st.text_input("Why they stop")
            if st.form_submit_button("Turn feeds off"):
                attempt(desk, lambda work: feeds.stop_feeds(work, switch.code, why), done="Feeds are off.")
        else:
            said = st.text_input("The assessment's reference", placeholder="For example DPIA 2026/014")
            if st.form_submit_button("Turn feeds on"):
                attempt(desk, lambda work: feeds.allow_feeds(work, switch.code, said), done="Feeds are on.")
