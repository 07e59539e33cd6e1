"""The way through a doubt about a text: somebody looks at the very words in question, then presses again."""

from collections.abc import Collection, Sequence
from typing import Any

import streamlit as st
from streamlit.elements.lib.form_utils import is_in_form

from planner.errors import Questioned
from planner.rules.free_text import Kind
from planner.ui.forms import kept_here

OF_AN_ORGANISATION = frozenset({Kind.NAME, Kind.ADDRESS, Kind.TELEPHONE, Kind.MAIL})
POST = "This is a post or an organisation: keep it"
OFFICE = "It belongs to an organisation and is no person's own: keep it"
REFERENCE = "This is a reference and no person's: keep it"
FLASH = "flash"
AGAIN = "You looked at what was in question. Press the same button again to keep it."


def say_next(flashes: dict[Any, Any], sentence: str, *, page: Any) -> None:
    """Say this on the next drawing of this page, and on no other.

    No waiting click may break in between what was written and what is said of it: it looks at nothing of the session.
    """
    flashes.clear()
    flashes.update(sentence=sentence, page=page)


def looked_at() -> frozenset[str]:
    """The words that were looked at on this page; another page or another object begins without any."""
    page, words = st.session_state.get("looked_at", (None, frozenset()))
    return frozenset(words) if page == st.session_state.get("open_page") else frozenset()


def forget_looks() -> None:
    st.session_state.pop("looked_at", None)


def ask_to_look(refusal: Questioned) -> None:
    """Show the words in question and the way through; what was typed stays, and is judged again when pressed again."""
    ask_about(
        [doubt.words for doubt in refusal.doubts], answer_of({doubt.kind for doubt in refusal.doubts}), said=AGAIN
    )


def answer_of(kinds: Collection[Kind]) -> str:
    """What is true of words that only look like a person's."""
    if all(kind is Kind.NAME for kind in kinds):
        return POST
    return OFFICE if all(kind in OF_AN_ORGANISATION for kind in kinds) else REFERENCE


def ask_about(words: Sequence[str], answer: str, *, said: str) -> None:
    """The words in question, and a button with which somebody says that they looked at them."""
    # A form allows no other button than its own kind.
    button = st.form_submit_button if is_in_form(st._main) else st.button
    st.text("In question: " + "; ".join(f"“{each}”" for each in words))
    button(answer, key="look", on_click=_look, args=(words, said))


def _look(words: Collection[str], said: str) -> None:
    st.session_state["looked_at"] = (st.session_state.get("open_page"), looked_at() | frozenset(words))
    say_next(kept_here(FLASH), said, page=st.session_state.get("open_page"))
