"""What a page's address says: read, shown in a field, kept as it is chosen, so that links and Back lead to it."""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

OPERATION, STRIKE_DAY = "operation", "strike"  # the names under which an address carries them


def address_of(page: str, query: Mapping[str, str] | None = None) -> str:
    """Of one of our pages, as a link from any other says it."""
    return f"{page}?{urlencode(query)}" if query else page


def asked_for(name: str, options: Collection[str], default: str) -> str:
    """What the address says of this; anything that is not offered is the default."""
    asked = st.query_params.get(name, "")
    return asked if asked in options else default


def as_asked(name: str, options: Collection[str], default: str) -> str:
    """The same, and the field that is about to be drawn shows it."""
    found = asked_for(name, options, default)
    st.session_state[key_of(name)] = found
    return found


def keep(name: str, default: str) -> None:
    """Put what was just chosen into the address."""
    chosen = st.session_state.get(key_of(name)) or default
    if chosen == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen


def key_of(name: str) -> str:
    return f"asked-{name}"


def choose_asked(label: str, options: Mapping[str, str], *, name: str, default: str, **look: Any) -> str:
    """Choose one of these, each with the words for it; the address says which, and follows what is chosen."""
    found = as_asked(name, options, default)
    st.selectbox(
        label,
        list(options),
        format_func=lambda each: options[each],
        key=key_of(name),
        on_change=keep,
        args=(name, default),
        **look,
    )
    return found
