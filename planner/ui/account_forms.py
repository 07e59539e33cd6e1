"""One's own account: proofs beside the password, recovery codes, sessions, remembered devices."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.services import devices, sessions
from planner.services.own_password import ELSEWHERE, EXERCISE
from planner.ui.desk import attempt, session_hash
from planner.ui.widgets import empty_state, plain
from planner.views.accounts import Own
from planner.work import Desk, Work

T = TypeVar("T")

# Plain pages: a password or a code passes through no widget, and the session gets a new token there.
LINK = '<a href="/login/{path}" target="_self" style="color:inherit">{words}</a>'


def draw_proofs(own: Own) -> None:
    """Keys and the app, each with its end; recovery codes that are left."""
    st.header("What opens it beside the password")
    if not own.keys and not own.has_app:
        empty_state("A password alone.", "A security key, a passkey or an authenticator app makes it safer.")
    for key in own.keys:
        used = f"used {instant_words(key.used_at)}" if key.used_at else "not used yet"
        sentence = f"Security key “{key.label}”, set up {instant_words(key.created_at)}, {used}."
        _linked(sentence, f"key-{key.id}", f"remove/{key.id}", "Remove")
    if own.has_app:
        _linked("An authenticator app.", "app", "remove/app", "Remove")
    if own.keys or own.has_app:
        left = f"{count_words(own.codes, 'recovery code is', 'recovery codes are')} left."
        _linked(left, "codes", "codes", "Make new recovery codes")
    st.html(LINK.format(path="add", words="Add a security key or an authenticator app"))


def draw_password(own: Own) -> None:
    """Where the password is changed, or why it is not changed here."""
    st.header("Password")
    if own.exercise:
        st.text(EXERCISE)
    elif not own.has_password:
        st.text(ELSEWHERE)
    else:
        st.html(LINK.format(path="password", words="Change your password"))


def _linked(sentence: str, key: str, path: str, words: str) -> None:
    """A row with the plain page on which it is changed."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=key):
        st.text(sentence, width="stretch")
        st.html(LINK.format(path=path, words=words), width="content")


def _end(desk: Desk, verb: Callable[[Work, T], None], what: T, done: str) -> None:
    attempt(desk, lambda work: verb(work, what), done=done)


def _row(sentence: str, key: str, button: str) -> bool:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=key):
        st.text(sentence, width="stretch")
        return st.button(plain(button), key=f"{key}-end")


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
