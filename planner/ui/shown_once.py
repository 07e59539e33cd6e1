"""A secret that is shown once: drawn again for a moment, so that the second press of a double click draws none away."""

from time import monotonic
from typing import Any

import streamlit as st

from planner.ui.desk import LINGERS_SECONDS
from planner.ui.forms import kept_here


def place_of(name: str) -> dict[Any, Any]:
    """Where it is put as it is made, within a write: no waiting press breaks in there."""
    place = kept_here(name)
    place["page"] = st.session_state.get("open_page")
    return place


def put_once(place: dict[Any, Any], secret: Any) -> None:
    place.pop("shown_at", None)
    place["secret"] = secret


def shown_once(name: str) -> Any:
    """The secret that this page is to show now, or None; away from its page it is gone."""
    place = kept_here(name)
    lingered = "shown_at" in place and monotonic() - place["shown_at"] >= LINGERS_SECONDS
    if lingered or place.get("page") != st.session_state.get("open_page"):
        place.clear()
    if "secret" in place:
        place.setdefault("shown_at", monotonic())
    return place.get("secret")
