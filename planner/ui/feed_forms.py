"""Calendar feeds: made, shown once, listed with their last use, revoked; and an operation's switch for them."""

from datetime import date, timedelta

import streamlit as st

from planner.rules.calendar_choice import DETAIL_WORDS, TAKES_HOURS, Detail, kinds_words, usual
from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words
from planner.services import feeds
from planner.settings import load_settings
from planner.ui.calendar_taking import choose_what, draw_preview
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.rows import draw_rows
from planner.ui.shown_once import place_of, put_once, shown_once
from planner.ui.widgets import fold_saying
from planner.views.calendar_preview import feed_preview
from planner.views.calendar_scopes import ScopeRow
from planner.views.feeds import FeedRow, may_make, own_feeds, switch_of
from planner.work import Desk

ADDRESS = "feed_address"
REVOKES = REVOKE, REVOKE_ALL = "revoke-feed", "revoke-feeds"
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
    with desk.reading() as look:
        mine, allowed, today = own_feeds(look), may_make(look), look.now.date()
        outside = not row.names_actions and bool(usual(row.scope).kinds & TAKES_HOURS)
    if mine or any(map(st.session_state.get, REVOKES)):  # a press is answered where no feed is left, too
        _draw_own(desk, mine)
    if not allowed:
        st.text(feeds.FEEDS_ARE_OFF)
        return
    folded = fold_saying(f"Make a feed of: {row.words}", key="make-feed")
    if folded.open:
        with folded:
            _draw_new(desk, row, today, Detail.BUSY if outside else Detail.NEUTRAL)


def _draw_address() -> None:
    address = shown_once(ADDRESS)
    if address is None:
        return
    with st.container(border=True):
        st.text("Give this address to your calendar program and to nobody else; it is not shown again.")
        st.code(address, language=None, wrap_lines=True)
        st.text(SLOW)


def _draw_own(desk: Desk, mine: tuple[FeedRow, ...]) -> None:
    if mine:
        columns = ("Feed", "Of", "Shows", "Good until", "Last used", "Networks in a week")
        draw_rows("Your feeds", columns, _rows(mine))
    named = {row.id: f"{row.label}, of {row.words}" for row in mine}
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask-row-feed"):
        number = which("Which feed", named)
        if st.button("Revoke it", key=REVOKE):
            revoked = "The feed is dead from now on."
            attempt(desk, lambda work: feeds.revoke_feed(work, number()), done=revoked)
        if len(mine) != 1 and st.button("Revoke all of them", key=REVOKE_ALL):
            said = ("feed is", "feeds are")
            attempt(desk, feeds.revoke_feeds, done=lambda n: f"{count_words(n, *said)} dead from now on.")


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
    with st.form(f"new-feed-{row.scope}-{row.name}", border=False):  # of another calendar it is another form
        label = st.text_input("What you call it", placeholder="For example Outlook at work")
        until = st.date_input("Good until", today + GOOD_FOR, format="DD/MM/YYYY")
        why = st.text_input("Why you need it")
        st.text(SLOW)
        if st.form_submit_button("Make the feed", type="primary") and choice is not None:
            request = feeds.FeedRequest(row.scope, row.name, choice.text, label, until, why)
            place = place_of(ADDRESS)

            def made(token: str) -> str:
                put_once(place, f"{load_settings().public_url}/feeds/{token}.ics")
                return "The feed is made. Its address is below."

            attempt(desk, lambda work: feeds.make_feed(work, request), done=made, form="new-feed")


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
