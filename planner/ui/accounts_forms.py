"""Bringing people in: a one-time link, shown once; and for administrators, closing accounts and resetting proofs."""

from collections.abc import Callable, Sequence

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.services import accounts, invitations
from planner.settings import load_settings
from planner.ui.choices import Chosen, which
from planner.ui.desk import attempt, session_hash
from planner.ui.rows import draw_rows
from planner.ui.shown_once import place_of, put_once, shown_once
from planner.ui.widgets import empty_state
from planner.views.accounts import AccountRow
from planner.work import Desk, Work

LINK = "invitation_link"
ENDS_EXERCISE = (
    "Everybody signs in here with an account of the exercise now. Once somebody uses a link, those accounts "
    "sign nobody in again, for good: closing the new account does not bring them back. Whoever is signed in stays in "
    "until their session ends. After that only the new account is left, and a partner's or provider's brings nobody "
    "else in.\n\nA real operation does not begin here: start an empty installation, with its own PLANNER_VAR and "
    "database, and make its first account, for the national cell, at /setup."
)


def draw_accounts(rows: Sequence[AccountRow], total: int) -> None:
    """Who can sign in and how, who has a link, who has neither."""
    if not rows:
        empty_state("Nobody matches.", "People are added in the Directory; then they are invited here.")
        return
    st.text(f"{count_words(total, 'person', 'people')}.")
    draw_rows(
        "Accounts",
        ("Post", "Agency", "User name", "State", "Opened by", "Seen last"),
        [
            (
                row.title,
                row.agency,
                row.user_name or "–",
                _state(row),
                row.proof or "–",
                instant_words(row.seen_at) if row.seen_at else "–",
            )
            for row in rows
        ],
    )


def _state(row: AccountRow) -> str:
    return row.state + (f"; link good until {instant_words(row.link_stands)}" if row.link_stands else "")


def draw_invite(desk: Desk, titles: Sequence[str], out: Sequence[str], *, ends_exercise: bool) -> None:
    """A link for one of the people who match and have no open account; what it would end is said before."""
    st.header("Invite")
    if ends_exercise:
        with st.container(border=True, key="ends-exercise"):
            st.markdown(":orange-badge[! Ends the exercise's accounts]")
            st.text(ENDS_EXERCISE)
    shown = shown_once(LINK)
    if shown:
        title, address = shown
        with st.container(border=True):
            st.text(f"For {title}, once, within three days. Send it to them and to nobody else; it is not shown again.")
            st.code(address, language=None, wrap_lines=True)
    if not titles:
        empty_state("Everybody who matches has an open account.", "Clear the filter, or add people in the Directory.")
        return
    title = which("Whom", titles, empty="Choose a post")
    if st.button("Make a link", type="primary"):
        place, session = place_of(LINK), session_hash()

        def made(token: str) -> str:
            put_once(place, (title(), f"{load_settings().public_url}/welcome/{token}"))
            return f"The link for {title()} is below."

        attempt(desk, lambda work: invitations.invite(work, title(), session), done=made, form="invite")
    if out:
        _draw_withdraw(desk, out)


def _draw_withdraw(desk: Desk, titles: Sequence[str]) -> None:
    with st.expander("Withdraw a link…"):
        title = which("Whose link", titles)
        if st.button("Withdraw it"):
            attempt(
                desk,
                lambda work: invitations.withdraw_invitation(work, title()),
                done=lambda _: f"The link for {title()} is good no longer.",
            )


def draw_managing(desk: Desk, rows: Sequence[AccountRow]) -> None:
    """Closing and resetting, for one account of those shown."""
    names = [row.user_name for row in rows if row.user_name is not None and row.closed_at is None]
    if not names:
        return
    st.header("Close or reset")
    st.text("Who forgot their password is invited again, by somebody else than who closes their account here.")
    name = which("User name", names, empty="Choose an account")
    left, right = st.columns(2)
    _button(desk, left.button("Reset the second proof", width="stretch"), name, accounts.reset_factors, "is reset")
    _button(desk, right.button("Close the account", width="stretch"), name, accounts.close_account, "is closed")


def _button(desk: Desk, pressed: bool, name: Chosen[str], verb: Callable[[Work, str, str], None], done: str) -> None:
    if pressed:
        attempt(
            desk,
            lambda work: verb(work, name(), session_hash()),
            done=lambda _: f"{name()} {done}; open sessions end within a minute.",
        )
