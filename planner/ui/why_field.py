"""Why a file is taken out: asked and judged on the page, as it will stand in the record and in the link's address."""

import re

import streamlit as st

from planner.errors import InputError
from planner.outputs.table_file import LONGEST_WHY
from planner.services.texts import needed_text

MISSING = "Say why, in a few words: it is recorded. Then the file can be taken out."
NO_WORDS = "Say the reason in words, without “..” between strokes: it stands in the address of the file."
_STROKE = re.compile(r"[/\\]")


def why_field(label: str, begun: str = "", *, key: str | None = None) -> str:
    """The reason; empty, with a sentence, while no file would be given for it."""
    why = st.text_input(label, begun, key=key).strip()
    refused = _refused(why)
    if refused:
        st.text(refused)
        return ""
    return why


def _refused(why: str) -> str:
    if not why:
        return MISSING
    # A browser takes these for ways up, and leaves out what stands before them.
    if {".", ".."} & set(_STROKE.split(why)):
        return NO_WORDS
    try:
        needed_text(why, "The reason", most=LONGEST_WHY)
    except InputError as refusal:
        return str(refusal)
    return ""
