"""The cell's draft of the partnership charter: one line at a time, then issued to every agency it names."""

from typing import Any

import streamlit as st

from planner.rules.charters import CharterFact
from planner.rules.counts import count_words
from planner.rules.role_words import Workstream
from planner.rules.words import PhaseKind
from planner.services import charter
from planner.ui.choices import Chosen, which
from planner.ui.desk import attempt
from planner.ui.forms import choose, words
from planner.ui.rows import draw_rows, page_of
from planner.views import charter as view
from planner.views.operation import OperationRow
from planner.work import Desk

PER_PAGE = 20
EVERY = "every phase"
NEW = view.DraftLine(0, "", CharterFact(Workstream.INTELLIGENCE, None, "", False, ""))


def draw_draft(desk: Desk, row: OperationRow, draft: view.Draft | None) -> None:
    """Begin a version; change its lines; issue it."""
    if draft is None:
        st.text("What is issued is never changed: a new version begins with what the last one says.")
        if st.button("Begin a new version"):
            attempt(desk, lambda work: charter.draft_charter(work, row.code), done="The draft is begun.")
        return
    st.text(f"Version {draft.number} is a draft: nobody else reads it until it is issued.")
    with desk.reading() as look:
        agencies = view.may_be_named(look)
    _draw_lines(draft)
    _draw_line(desk, row, draft, agencies)
    named = len({line.agency_code for line in draft.lines})
    st.text("Once it is issued, every agency is asked to agree, and told what changed for it.")
    asked = count_words(named, "agency", "agencies")
    issue, give_up = st.columns(2)
    if issue.button(f"Issue version {draft.number} to {asked}", width="stretch", disabled=not named):
        attempt(
            desk,
            lambda work: charter.issue_charter(work, row.code, changes=draft.changes),
            done=f"Version {draft.number} is issued, and {asked} asked.",
        )
    if give_up.button("Give the draft up", width="stretch"):
        attempt(
            desk,
            lambda work: charter.drop_draft(work, row.code, changes=draft.changes),
            done="The draft is given up; what was issued stays as it is.",
        )


def _draw_lines(draft: view.Draft) -> None:
    if draft.lines:
        draw_rows(
            "Lines of the draft",
            ("Part", "Agency", "Role"),
            [
                (line.fact.part, line.fact.agency, "Leads" if line.fact.leads else "Takes part")
                for line in page_of(draft.lines, key="draft-lines", per_page=PER_PAGE)
            ],
        )


def _draw_line(desk: Desk, row: OperationRow, draft: view.Draft, agencies: dict[str, str]) -> None:
    by_id = {NEW.id: NEW, **{line.id: line for line in draft.lines}}
    number = which("Line", {each: _title(line) for each, line in by_id.items()})
    if number.shown is None:
        number.say()
        return
    line = by_id[number.shown]
    agency, typed = _typed(line, agencies, f"{draft.number}-{draft.changes}-{line.id}")
    keep, take_out = st.columns(2)
    if keep.button("Keep this line" if line.id else "Add this line", width="stretch"):
        attempt(
            desk,
            lambda work: charter.keep_line(
                work,
                row.code,
                charter.LineRequest(**typed, agency=agency()),
                line_id=number() or None,
                changes=draft.changes,
            ),
            done="The line is kept in the draft.",
        )
    if line.id and take_out.button("Take this line out", width="stretch"):
        attempt(
            desk,
            lambda work: charter.drop_line(work, row.code, number(), changes=draft.changes),
            done="The line is out of the draft.",
        )


def _title(line: view.DraftLine) -> str:
    return f"{line.fact.part}: {line.fact.agency}" if line.id else "A new line"


def _typed(line: view.DraftLine, agencies: dict[str, str], key: str) -> tuple[Chosen[str], dict[str, Any]]:
    """The agency, and the other fields of a line by name, beginning with what is kept."""
    fact = line.fact
    left, right = st.columns(2)
    with left:
        stream = choose("Workstream", list(Workstream), show=words, now=fact.workstream, key=f"stream-{key}")
    with right:
        phase = choose("Phase", [EVERY, *PhaseKind], show=words, now=fact.phase or EVERY, key=f"phase-of-{key}")
    agency = which("Agency that does it", agencies, now=line.agency_code, key=key)
    duties = st.text_area("What it does, one plain sentence a line", fact.responsibilities, key=f"duties-{key}")
    return agency, {
        "workstream": Workstream(stream),
        "phase": None if phase == EVERY else PhaseKind(phase),
        "leads": st.checkbox("It leads this workstream", fact.leads, key=f"leads-{key}"),
        "responsibilities": tuple(text.strip() for text in duties.splitlines() if text.strip()),
    }
