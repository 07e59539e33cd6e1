"""The hours of every agency in one table, typed over at a desk; on a phone, and by keyboard, the form below it does."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

import pandas as pd
import streamlit as st

from planner.errors import InputError
from planner.inputs.availability import MOST_A_DAY
from planner.rules.availability import EVERY_DAY, WEEKDAYS, Availability, hours_words
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.windows import local
from planner.services.availability import TypedHours, set_availabilities
from planner.ui.desk import attempt
from planner.ui.forms import drawn_version, request_key, words
from planner.views.availability import AvailabilityRow
from planner.work import Desk

FORM = "hours"
MOST_LISTED = 10
NOTHING_TYPED = "Type over any cell: what would change is listed here before it is kept. An emptied row says nothing."
NUMBERS = dict(zip(WEEKDAYS, EVERY_DAY, strict=True))
TIME = "time64[us][pyarrow]"
ALL_DAY = "London time. The same time twice, such as 00:00 and 00:00, means all day; an earlier Until, the next day."
ALT = "When agencies can be asked, to type over; the same stands in words below, with a form for one agency."


def draw_table(desk: Desk, rows: Sequence[AvailabilityRow]) -> None:
    """Cells to type over; what they would change, in words; one button that keeps all of it or nothing."""
    key = f"{FORM}-{request_key(FORM)}"
    typed_over = (st.session_state.get(key) or {}).get("edited_rows")
    drawn = drawn_version(FORM, tuple(rows), untouched=not typed_over)
    st.text(ALL_DAY)
    with st.container(key="hours-table"):
        cells = st.data_editor(
            _frame(drawn), key=key, hide_index=True, width="stretch", placeholder="–", column_config=_columns(), alt=ALT
        )
        changed = _changed(drawn, cells)
        if not changed:
            st.text(NOTHING_TYPED)
            return
        st.text("\n".join(_listed(changed)))
        if st.button(f"Keep {count_words(len(changed), 'row')}", type="primary"):
            attempt(
                desk,
                lambda work: set_availabilities(work, [row for _, row in changed]),
                done=lambda number: f"The hours of {count_words(number, 'agency', 'agencies')} are kept.",
                form=FORM,
            )


def said_on(row: AvailabilityRow) -> str:
    return day_words(local(row.changed_at).date(), year=True) if row.changed_at else "–"


def _frame(rows: Sequence[AvailabilityRow]) -> pd.DataFrame:
    """By code, so that what was typed never moves to another agency."""
    said = [row.said for row in rows]
    codes = pd.Index([row.code for row in rows], name="Code")
    columns: dict[str, tuple[list[Any], str]] = {
        "Agency": ([row.name for row in rows], "object"),
        "Weekdays": ([[WEEKDAYS[int(day) - 1] for day in item.weekdays] if item else [] for item in said], "object"),
        "From": ([item.opens if item else None for item in said], TIME),
        "Until": ([item.closes if item else None for item in said], TIME),
        "Bank holidays": ([bool(item and item.bank_holidays) for item in said], "bool"),
        "Actions a day": ([item.actions_a_day if item else None for item in said], "Int64"),
        "Nation": ([words(row.nation) if row.nation else "–" for row in rows], "object"),
    }
    return pd.DataFrame({name: pd.Series(values, index=codes, dtype=kind) for name, (values, kind) in columns.items()})


def _columns() -> dict[str, Any]:
    kind = st.column_config
    return {
        "Agency": kind.TextColumn(disabled=True, pinned=True, width=250),
        "Weekdays": kind.MultiselectColumn(options=WEEKDAYS, width=335),
        "From": kind.TimeColumn(format="HH:mm", step=60, width=80, help="London time."),
        "Until": kind.TimeColumn(format="HH:mm", step=60, width=80, help=ALL_DAY),
        "Bank holidays": kind.CheckboxColumn(width=135, help="Whether it can be asked on those of its nation too."),
        "Actions a day": kind.NumberColumn(
            min_value=1, max_value=MOST_A_DAY, step=1, width=130, help="At most; empty: nothing is said of that."
        ),
        "Nation": kind.TextColumn(disabled=True, width=108),
    }


def _changed(drawn: Sequence[AvailabilityRow], cells: pd.DataFrame) -> list[tuple[str, TypedHours]]:
    """The rows that were typed over, each with its agency's name."""
    found = cells.astype(object).where(cells.notna(), None).to_dict("index")
    typed = [(row, _typed(row, found[row.code])) for row in drawn]
    return [(row.name, item) for row, item in typed if _differs(row.said, item)]


def _typed(row: AvailabilityRow, cells: Mapping[Any, Any]) -> TypedHours:
    days = "".join(sorted(NUMBERS[day] for day in cells["Weekdays"] or () if day in NUMBERS))
    most = cells["Actions a day"]
    return TypedHours(
        row.code,
        days,
        _time(cells["From"]),
        _time(cells["Until"]),
        bank_holidays=bool(cells["Bank holidays"]),
        actions_a_day=None if most is None else int(most),
        drawn=row.said,
    )


def _time(value: Any) -> time | None:
    return value.replace(second=0, microsecond=0) if isinstance(value, time) else None


def _differs(said: Availability | None, typed: TypedHours) -> bool:
    now = said or Availability("", None, None, bank_holidays=False)  # type: ignore[arg-type]
    return now != (typed.weekdays, typed.opens, typed.closes, typed.bank_holidays, typed.actions_a_day)


def _listed(changed: Sequence[tuple[str, TypedHours]]) -> list[str]:
    """What each would say, or why it cannot."""
    lines = [_foreseen(name, row) for name, row in changed[:MOST_LISTED]]
    more = len(changed) - MOST_LISTED
    return [*lines, f"And {count_words(more, 'more row')}."] if more > 0 else lines


def _foreseen(name: str, row: TypedHours) -> str:
    try:
        request = row.request(name)
    except InputError as error:
        return f"✕ {error}"
    return f"{name}: {hours_words(request.said) if request else 'nothing is said any more'}."
