"""Find a time: the best three as choices in words, with who would miss; the caller puts the chosen one in its form."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from planner.errors import PlannerError
from planner.rules.meeting_words import not_stated_words, slot_words
from planner.rules.windows import local
from planner.rules.words import ConferenceKind
from planner.ui.choices import Chosen, which, which_ones
from planner.ui.desk import refuse
from planner.ui.widgets import plain
from planner.views.meeting_times import Times, TimesAsked, best_meeting_times
from planner.work import Desk, utc_now

ANOTHER = "Another time"


def draw_times(
    desk: Desk,
    references: Sequence[str],
    agencies: Mapping[str, str],
    *,
    minutes: int,
    kind: ConferenceKind,
    key: str,
    moving: int | None = None,
) -> tuple[datetime | None, tuple[Chosen[Any], ...]]:
    """Draw the finder, outside any form; the start that is chosen, or None where the time is typed, and what it is by.

    `agencies` are those to be invited, name by code; `moving` is a conference that gets another time, whose seats may
    stand in place of codes.
    """
    if not references or not agencies or not st.toggle("Find a time", key=f"find-{key}"):
        return None, ()
    today = local(utc_now()).date()
    required = which_ones("Who must come", agencies, now=agencies, key=f"{key}-{'|'.join(agencies)}")
    must = required.shown or ()
    first = st.date_input("Not before", today, min_value=today, format="DD/MM/YYYY", key=f"from-{key}")
    others = tuple(code for code in agencies if code not in must)
    try:
        asked = TimesAsked(tuple(references), must, others, minutes, kind, first, moving)
        with desk.reading() as look:
            found = best_meeting_times(look, asked)
    except PlannerError as refusal:
        refuse(str(refusal))
        return None, (required,)
    question = "-".join([key, kind, str(minutes), str(first), *agencies, "of", *must])
    chosen = _choose(found, question)  # of another question's times nothing is chosen yet
    if chosen is None:
        return None, (required,)
    typed = chosen.shown in (None, ANOTHER)
    return None if typed else datetime.fromisoformat(str(chosen.shown)), (required, chosen)


def _choose(found: Times, key: str) -> Chosen[str] | None:
    for sentence in filter(None, (found.sentence, not_stated_words(found.not_stated))):
        st.text(sentence)
    if not found.slots:
        return None
    said = {slot.starts_at.isoformat(): plain(slot_words(slot)) for slot in found.slots}
    return which("The best times", {**said, ANOTHER: ANOTHER}, key=key, draw=st.radio)
