"""One's own account: proofs beside the password, recovery codes, sessions, remembered devices."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.services import accounts, devices, sessions
from planner.ui.desk import attempt, session_hash
from planner.ui.widgets import empty_state, plain
from planner.views.accounts import Own
from planner.work import Desk, Work

T = TypeVar("T")

ADD = '<a href="/login/add" target="_self" style="color:inherit">Add a security key or an authenticator app</a>'
NEW_CODES = "new_codes"


def draw_proofs(desk: Desk, own: Own) -> None:
    """Keys and the app, each with its end; recovery codes that are left."""
    st.header("What opens it beside the password")
    if not own.keys and not own.has_app:
        empty_state("A password alone.", "A security key, a passkey or an authenticator app makes it safer.")
    for key in own.keys:
        used = f"used {instant_words(key.used_at)}" if key.used_at else "not used yet"
        if _row(f"Security key “{key.label}”, set up {instant_words(key.created_at)}, {used}.", f"key-{key.id}"):
            _end(desk, accounts.remove_passkey, key.id, "The key is removed.")
    if own.has_app and _row("An authenticator app.", "app"):
        attempt(desk, accounts.remove_totp, done="The authenticator app is removed.")
    st.html(ADD)
    if own.keys or own.has_app:
        _draw_codes(desk, own)


def _end(desk: Desk, verb: Callable[[Work, T], None], what: T, done: str) -> None:
    attempt(desk, lambda work: verb(work, what), done=done)


def _row(sentence: str, key: str, button: str = "Remove") -> bool:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=key):
        st.text(sentence, width="stretch")
        return st.button(plain(button), key=f"{key}-end")


def _draw_codes(desk: Desk, own: Own) -> None:
    st.text(f"{count_words(own.codes, 'recovery code is', 'recovery codes are')} left.")
    made = st.session_state.pop(NEW_CODES, None)
    if made:
        with st.container(border=True):
            st.text("Write these down now: they are shown this once.\n\n" + "\n".join(made))
    with st.expander("New recovery codes…"):
        st.text("Ten new ones; the old ones are good no longer.")
        if st.button("Make new recovery codes"):
            attempt(desk, accounts.new_recovery_codes, done=_keep_codes)


def _keep_codes(codes: tuple[str, ...]) -> str:
    st.session_state[NEW_CODES] = codes
    return "New recovery codes are made; they are below."


def draw_sessions(desk: Desk, own: Own) -> None:
    """Where one is signed in, each but this with its end."""
    st.header("Where you are signed in")
    for row in own.sessions:
        since = f"Since {instant_words(row.created_at)}, with {row.how}; seen last {instant_words(row.seen_at)}."
        if row.token_hash == session_hash():
            st.text(f"This one. {since}")
        elif _row(since, f"session-{row.token_hash[:12]}", "End it"):
            _end(
                desk, sessions.end_session, row.token_hash, "That session is ended; its page is closed within a minute."
            )


def draw_devices(desk: Desk, own: Own) -> None:
    """Devices that open My part without a password."""
    if not own.devices:
        return
    st.header("Remembered devices")
    for row in own.devices:
        seen = f"Remembered {instant_words(row.created_at)}, seen last {instant_words(row.seen_at)}."
        if _row(seen, f"device-{row.id}", "Forget it"):
            _end(desk, devices.forget_device, row.id, "That device is remembered no longer.")
