"""Find a time: the best three as choices in words, with who would miss; the caller puts the chosen one in its form."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from planner.errors import PlannerError
from planner.rules.meeting_words import not_stated_words, slot_words
from planner.rules.windows import local
from planner.rules.words import ConferenceKind
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
) -> datetime | None:
    """Draw the finder, outside any form; the start that is chosen, or None where the time is typed.

    `agencies` are those to be invited, name by code; `moving` is a conference that gets another time, whose seats may
    stand in place of codes.
    """
    if not references or not agencies or not st.toggle("Find a time", key=f"find-{key}"):
        return None
    today = local(utc_now()).date()
    required = st.multiselect(
        "Who must come",
        list(agencies),
        default=list(agencies),
        format_func=lambda code: agencies[code],
        key=f"required-{key}-{'|'.join(agencies)}",
    )
    first = st.date_input("Not before", today, min_value=today, format="DD/MM/YYYY", key=f"from-{key}")
    others = tuple(code for code in agencies if code not in required)
    try:
        asked = TimesAsked(tuple(references), tuple(required), others, minutes, kind, first, moving)
        with desk.reading() as look:
            found = best_meeting_times(look, asked)
    except PlannerError as refusal:
        refuse(str(refusal))
        return None
    return _choose(found, key)


def _choose(found: Times, key: str) -> datetime | None:
    for sentence in filter(None, (found.sentence, not_stated_words(found.not_stated))):
        st.text(sentence)
    if not found.slots:
        return None
    said = {slot_words(slot): slot.starts_at for slot in found.slots}
    # Other times are another question: what was chosen of the old ones must not stand for one of these.
    drawn = f"times-{key}-{'|'.join(map(str, said.values()))}"
    chosen = st.radio("The best times", [*said, ANOTHER], format_func=plain, key=drawn)
    return said.get(chosen or ANOTHER)
