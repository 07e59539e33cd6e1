"""What forms share: a key that makes a double click one row, the version a form was drawn from, local times."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from time import monotonic
from typing import Any, TypeVar

import streamlit as st

from planner.errors import InputError
from planner.rules.markings import BETWEEN, OFFERED, Marked, highest, split_handling, up_to
from planner.rules.windows import from_local
from planner.settings import load_settings

T = TypeVar("T")


DRAWN = "drawn_versions"  # what is drawn on this page, until it is opened or drawn anew
AGAIN_SECONDS = 1.0  # a double click's second press comes at once after the first is kept, however slow that was


def kept_here(name: str) -> dict[Any, Any]:
    """A plain dictionary of this session: what is done with it cannot be broken off half-way."""
    found: dict[Any, Any] = st.session_state.setdefault(name, {})
    return found


def request_key(form: str) -> str:
    """The key of what is being typed in a form; a new one once it is kept."""
    return str(kept_here("request_keys").setdefault(form, secrets.token_hex(16)))


def kept(form: str) -> None:
    """The form was kept: what is typed next is a new request."""
    keys, last = kept_here("request_keys"), kept_here("requests_kept")
    keys.pop(form, None)
    last[form] = monotonic()


def pressed_again(form: str) -> bool:
    """Whether this is the second press of a double click: it waited while the first was being kept."""
    kept_at: float | None = kept_here("requests_kept").get(form)
    return kept_at is not None and monotonic() - kept_at < AGAIN_SECONDS


def kept_just_now() -> bool:
    """Whether anything was kept so lately that a press may be the second of a double click."""
    return monotonic() - max(kept_here("requests_kept").values(), default=-AGAIN_SECONDS) < AGAIN_SECONDS


def drawn_version(form: str, version: T, *, untouched: bool = False) -> T:
    """The version that a form was drawn from: a rerun reads the row again, and must not move it.

    A form in which nothing is typed yet may follow what is kept.
    """
    drawn: dict[str, T] = kept_here(DRAWN)
    if untouched:
        drawn[form] = version
    return drawn.setdefault(form, version)


def draw_anew() -> None:
    """What is drawn next is drawn from what is kept now."""
    st.session_state.pop(DRAWN, None)


def instant(day: date, at: time) -> datetime:
    """The instant of a local day and time; a time that does not exist or happens twice is refused."""
    try:
        return from_local(day, at)
    except ValueError as error:
        raise InputError(str(error)) from error


def choose(
    label: str, options: Sequence[T], *, show: Callable[[T], str] = str, now: T | None = None, key: str | None = None
) -> T:
    """Choose one of a list that is never empty; `now` is what is kept already."""
    index = options.index(now) if now in options else 0
    chosen = st.selectbox(label, options, index=index, format_func=show, key=key)
    return options[0] if chosen is None else chosen


def choose_handling(now: str | None = None) -> str | None:
    """How it is to be handled, as it stands after the marking: the policy's instructions, or one's own."""
    kept = split_handling(now)
    chosen = st.multiselect(
        "Handling instructions, where there are any",
        list(dict.fromkeys([*OFFERED, *kept])),
        default=kept,
        accept_new_options=True,
        placeholder="None",
        help="They stand after the marking. An embargo says until when: EMBARGOED UNTIL 09:00 ON 1 MARCH.",
    )
    return BETWEEN.join(chosen) or None


def choose_marking(marked: Marked) -> Marked:
    """How a thing is marked and handled; what is kept is offered even where it is above the installation's ceiling."""
    offered = up_to(highest([load_settings().ceiling, marked.marking]))
    return Marked(choose("Marking", offered, now=marked.marking), choose_handling(marked.handling))


def words(value: str) -> str:
    """A closed set's value as a person reads it."""
    return value.replace("_", " ").replace("childrens", "children's").capitalize().replace("ireland", "Ireland")
