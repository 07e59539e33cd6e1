"""What forms share: a key that makes a double click one row, local times, the action of a page."""

import secrets
from datetime import date, datetime, time

import streamlit as st

from planner.errors import InputError
from planner.rules.windows import from_local


def request_key(form: str) -> str:
    """The key of what is being typed in a form; a new one once it is kept."""
    keys: dict[str, str] = st.session_state.setdefault("request_keys", {})
    return keys.setdefault(form, secrets.token_hex(16))


def kept(form: str) -> None:
    """The form was kept: what is typed next is a new request."""
    st.session_state.setdefault("request_keys", {}).pop(form, None)


def instant(day: date, at: time) -> datetime:
    """The instant of a local day and time; a time that does not exist or happens twice is refused."""
    try:
        return from_local(day, at)
    except ValueError as error:
        raise InputError(str(error)) from error


def words(value: str) -> str:
    """A closed set's value as a person reads it."""
    return value.replace("_", " ").capitalize()
