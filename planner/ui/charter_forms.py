"""The partnership charter: the whole of it on the Operation page, an agency's own lines wherever it answers."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from planner.rules.charters import CharterFact, missing_words, until_words
from planner.rules.dates import day_words, instant_words
from planner.rules.windows import local
from planner.services import charter_answers
from planner.ui.charter_draft import draw_draft
from planner.ui.desk import attempt
from planner.ui.rows import draw_rows, page_of
from planner.ui.widgets import empty_state, plain, state_badge
from planner.views import charter as view
from planner.views.operation import OperationRow
from planner.work import Desk

PER_PAGE = 20


def draw_charter(desk: Desk, row: OperationRow, *, writes: bool) -> None:
    """Who leads and does what, who has agreed; the own force's answer; below, the cell's draft."""
    with desk.reading() as look:
        issued, days, today = view.issued(look, row.id), view.enforcement(look, row.id), look.now.date()
        draft = view.draft(look, row.id)
        own = [item for item in view.my_charters(look) if item.operation_id == row.id]
    st.header("Partnership charter")
    if issued is None:
        empty_state("No charter is issued yet.", "The cell writes down who leads and does what; each agency agrees.")
    else:
        state_badge("advises" if issued.missing else "met")
        st.text(f"{missing_words(len(issued.said), issued.missing)} {until_words(today, days.starts_on)}")
    for item in own:
        _draw_own(desk, item)
    if issued is not None:
        _draw_issued(issued)
    if writes:
        with st.expander("Write the charter", expanded=draft is not None):
            draw_draft(desk, row, draft)


def _draw_issued(issued: view.Issued) -> None:
    on = day_words(local(issued.issued_at).date(), year=True)
    with st.expander(f"Version {issued.number}, issued {on}: who does what"):
        draw_rows(
            "Partnership charter",
            ("Part", "Agency", "Role", "Responsibilities"),
            [
                (line.part, line.agency, "Leads" if line.leads else "Takes part", _in_a_row(line))
                for line in page_of(issued.lines, key="charter-lines", per_page=PER_PAGE)
            ],
        )
    with st.expander("Who has agreed"):
        draw_rows(
            "Who has agreed to the charter",
            ("Agency", "Answer", "By"),
            [
                (item.agency, _answer_words(item), item.by or "–")
                for item in page_of(issued.said, key="charter-said", per_page=PER_PAGE)
            ],
        )


def _answer_words(item: view.Said) -> str:
    if item.at:
        return f"Agreed {instant_words(item.at)}"
    return f"Cannot agree: {item.objection}" if item.objection else "Not yet"


def _in_a_row(line: CharterFact) -> str:
    return " ".join(line.responsibilities.splitlines())


def draw_my_charters(desk: Desk, found: Sequence[view.MyCharter], *, primary: bool = False) -> None:
    """On My part: what the own agency does, who leads beside it, and one button."""
    if found:
        st.header("Your agency's part", anchor=False)
    for item in found:
        _draw_own(desk, item, primary=primary and item is found[0])


def _draw_own(desk: Desk, item: view.MyCharter, *, primary: bool = False) -> None:
    """Open until it is agreed to; afterwards folded, with the day."""
    if item.agreed_at is not None:
        with st.expander(f"{plain(item.agency)} agreed on {instant_words(item.agreed_at)}"):
            st.text(f"{item.operation}, version {item.number} of the partnership charter.")
            _draw_lines(item)
        return
    with st.container(border=True, key=f"charter-{item.charter_id}-{item.agency}"):
        state_badge("asked_for")
        st.text(f"{item.operation}: what {item.agency} does, by version {item.number} of the partnership charter.")
        if item.changed:
            st.text(item.changed)
        _draw_lines(item)
        kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
        if st.button("We will do this", key=f"agree-{item.charter_id}-{item.agency}", type=kind, width="stretch"):
            attempt(
                desk,
                lambda work: charter_answers.acknowledge_charter(work, item.charter_id),
                done=f"It is kept: {item.agency} will do its part. The cell sees it.",
            )
        _draw_objection(desk, item)


def _draw_objection(desk: Desk, item: view.MyCharter) -> None:
    """An agency that cannot do what is written says why; the cell rewrites it, or rings."""
    if item.objection:
        st.text(f"You said that you cannot agree: {item.objection} The cell was told.")
    with st.expander("We cannot agree to this…"):
        key = f"{item.charter_id}-{item.agency}"
        why = st.text_input("What cannot be done, in a few words", key=f"objection-{key}")
        if st.button("Tell the cell", key=f"object-{key}"):
            attempt(
                desk,
                lambda work: charter_answers.object_to_charter(work, item.charter_id, why),
                done="It is kept, and the cell is told. A new version of the charter comes to you again.",
            )


def _draw_lines(item: view.MyCharter) -> None:
    for line in item.lines:
        st.markdown(f"**{plain(line.part)}** ({'you lead' if line.leads else 'you take part'})")
        st.text(line.responsibilities)
    others = [f"{line.part}: {line.agency}" for line in item.leads]
    st.text("Who leads:\n" + "\n".join(others))
