"""Information-sharing agreements on the Directory page: what is in force, what is to be reviewed, the cell's forms."""

from collections.abc import Sequence

import streamlit as st

from planner import access
from planner.errors import InputError
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.sharing import BASIS_WORDS, CATEGORY_WORDS, TO_AGREE, Basis, Category, categories_words
from planner.services import agreements
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version
from planner.ui.rows import draw_rows, matching, page_of
from planner.ui.widgets import empty_state, state_badge
from planner.views import agreements as view
from planner.views.agreements import AgreementRow, Parties
from planner.work import Desk

STATES = {
    "in force": "✓ In force",
    "to review": "! To review",
    "ending": "! Ending",
    "to come": "… To come",
    "ended": "– Ended",
}
POLICE = "A force's agreement holds for its own actions, the national cell's for all."
COLUMNS = ("Partner", "State", "Covers", "Reference", "Signed for police", "Until", "Review")


def draw_agreements(desk: Desk) -> None:
    """For who keeps the directory; nothing for others."""
    with desk.reading() as look:
        if not access.may(look, access.Verb.MANAGE_DIRECTORY):
            return
        rows, parties, today = view.agreements(look), view.parties(look), look.now.date()
    st.header("Information-sharing agreements")
    st.text("Without one that is in force a partner sees logistics only: its post, duties, time, region, who attends.")
    _draw_due(view.to_review(rows, today))
    _draw_rows(rows)
    with st.expander("Record an agreement"):
        _draw_new(desk, parties)
    if rows:
        with st.expander("Change or end an agreement"):
            _draw_change(desk, rows, parties)


def _draw_due(due: Sequence[AgreementRow]) -> None:
    if not due:
        return
    with st.container(border=True, key="agreements-due"):
        state_badge("advises")
        number = count_words(len(due), "agreement needs", "agreements need")
        lines = [
            f"{row.agency}, {row.reference}: "
            f"{'review by' if row.state == 'to review' else 'ends'} {day_words(view.due_on(row), year=True)}"
            for row in due
        ]
        st.text("\n".join([f"{number} you within 30 days.", *lines]))


def _draw_rows(rows: Sequence[AgreementRow]) -> None:
    if not rows:
        empty_state("No agreement is recorded.", "Record one below; its partner then sees what it covers.")
        return
    found = matching(rows, lambda row: f"{row.agency} {row.reference}", key="agreements-find")
    draw_rows(
        "Information-sharing agreements",
        COLUMNS,
        [
            (
                row.agency,
                STATES[row.state],
                categories_words(row.categories).capitalize(),
                row.reference,
                row.police or "Not recorded",
                day_words(row.valid_to, year=True),
                day_words(row.review_on, year=True) if row.review_on else "–",
            )
            for row in page_of(found, key="agreements-page", per_page=25)
        ],
    )


def _draw_new(desk: Desk, parties: Parties) -> None:
    with st.form("agreement", border=False):
        partner = which("Agreement with", parties.partners)
        request = _fields(parties, None, "new")
        if st.form_submit_button("Record this agreement"):
            attempt(
                desk,
                lambda work: agreements.add_agreement(work, request(partner())),
                done="The agreement is recorded; the partner sees what it covers from its first day.",
            )


def _draw_change(desk: Desk, rows: Sequence[AgreementRow], parties: Parties) -> None:
    shown = {row.id: row for row in rows}
    number = which("Which agreement", {row.id: f"{row.agency}, {row.reference}" for row in rows})
    if number.shown is None:
        number.say()
        return
    _draw_terms(desk, shown[number.shown], parties)


def _draw_terms(desk: Desk, row: AgreementRow, parties: Parties) -> None:
    number = row.id
    version = drawn_version(f"agreement-{number}", row.version)
    said = [row.purpose, BASIS_WORDS[row.basis] if row.basis else "", row.basis_text]
    st.text("\n".join(filter(None, said)))
    with st.form(f"agreement-{number}", border=False):
        request = _fields(parties, row, f"{number}-{version}")
        if st.form_submit_button("Keep these terms"):
            attempt(
                desk,
                lambda work: agreements.change_agreement(work, number, request(row.agency_code), version=version),
                done="The agreement is changed; what it no longer covers is no longer shown.",
            )
    with st.form(f"end-agreement-{number}", border=False):
        last = st.date_input("Its last day", format="DD/MM/YYYY", key=f"last-{number}-{version}")
        why = st.text_input("Why it ends", key=f"why-{number}-{version}")
        if st.form_submit_button("End this agreement"):
            attempt(
                desk,
                lambda work: agreements.end_agreement(work, number, last, why),
                done="The agreement ends with that day; the partner is told.",
            )


class _Typed:
    """What the fields hold, made a request once the form is sent: a wrong day is then refused in a sentence."""

    def __init__(self, parties: Parties, row: AgreementRow | None, key: str) -> None:
        self.police = which(
            "Signed for police by",
            parties.police,
            now=row.police_code if row else None,
            key=f"police-{key}",
            help=POLICE,
        )
        self.reference = st.text_input(
            "Reference of the agreement", row.reference if row else "", key=f"reference-{key}"
        )
        self.purpose = st.text_input("What it is for", row.purpose if row else "", key=f"purpose-{key}")
        self.basis: Basis = choose(
            "Lawful basis", list(Basis), show=lambda item: BASIS_WORDS[item], now=row.basis if row else None
        )
        self.basis_text = st.text_input(
            "More on the basis, where needed", row.basis_text if row else "", key=f"basis-{key}"
        )
        self.categories: list[Category] = st.multiselect(
            "What it covers, beside logistics",
            TO_AGREE,
            [item for item in TO_AGREE if row and item in row.categories],
            format_func=lambda item: CATEGORY_WORDS[item].capitalize(),
            key=f"covers-{key}",
            placeholder="Logistics only",
        )
        self.first = st.date_input("In force from", row.valid_from if row else "today", format="DD/MM/YYYY")
        self.last = st.date_input("In force until", row.valid_to if row else None, format="DD/MM/YYYY")
        self.review = st.date_input("To be reviewed by", row.review_on if row else None, format="DD/MM/YYYY")

    def __call__(self, partner: str) -> agreements.AgreementRequest:
        if self.last is None:
            raise InputError("Say until when the agreement is in force. Give its last day.")
        return agreements.AgreementRequest(
            agency=partner,
            police=self.police(),
            reference=self.reference,
            purpose=self.purpose,
            basis=self.basis,
            categories=self.categories,
            valid_from=self.first,
            valid_to=self.last,
            review_on=self.review,
            basis_text=self.basis_text,
        )


def _fields(parties: Parties, row: AgreementRow | None, key: str) -> _Typed:
    return _Typed(parties, row, key)
