"""The power an action rests on, by reference alone; clashes with other actions, cleared by a call."""

from typing import Any

import streamlit as st

from planner.rules.dates import day_words
from planner.rules.values import LegalFact
from planner.rules.words import Entries, Power
from planner.services import clashes, legal_basis
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version, words
from planner.views.one_action import OneAction
from planner.work import Desk

ENTRIES = {Entries.ONE: "One", Entries.SEVERAL: "Several"}


def draw_law(desk: Desk, one: OneAction) -> None:
    """The power: its references, and the day until which it stands."""
    now, version = one.facts.legal, drawn_version("law", one.row.version)
    if now:
        until = f", until {day_words(now.expires_on, year=True)}" if now.expires_on else ""
        st.text(f"{words(now.power)} {now.reference}{until}{', spent by an entry' if now.spent_at else ''}.")
    with st.form("law", border=True):
        typed = _typed(now)
        if st.form_submit_button("Keep the legal basis"):
            attempt(
                desk,
                lambda work: legal_basis.set_legal_basis(
                    work, legal_basis.LegalRequest(one.row.reference, **typed), version=version
                ),
                done="The legal basis is kept.",
            )


def _typed(now: LegalFact | None) -> dict[str, Any]:
    """The fields of the form by name, beginning with what is kept."""
    last = "Last lawful day, where its text or nation says so"
    accompanying = "Functions of other agencies named as accompanying, by the post's title"
    scotland = "Procurator fiscal's direction, in Scotland: its reference"

    def text(label: str, kept: str | None) -> str:
        return st.text_input(label, kept or "") or ""

    return {
        "power": choose("Power", list(Power), show=words, now=now.power if now else None),
        "statute": text("Name of the power", now.statute if now else "Warrant"),
        "reference": text("Its reference", now and now.reference),
        "issued_on": st.date_input("Issued on", now.issued_on if now else None, format="DD/MM/YYYY"),
        "expires_on": st.date_input(last, now.expires_on if now else None, format="DD/MM/YYYY"),
        "entries": choose(
            "Entries it allows", list(ENTRIES), show=lambda item: ENTRIES[item], now=now.entries if now else None
        ),
        "accompanying": text(accompanying, now and now.accompanying),
        "hour_reason": text("Reason for entry between 22:00 and 06:00", now and now.hour_reason),
        "direction_reference": text(scotland, now and now.direction_reference),
    }


def draw_clashes(desk: Desk, one: OneAction) -> None:
    """Run the check; clear what it found after the call."""
    reference = one.row.reference
    finding = next(item for item in one.gate.findings if item.check == "clashes")
    st.text(finding.sentence)
    if st.button("Run the clash check"):
        attempt(desk, lambda work: clashes.run_clash_check(work, reference), done="The clash check has run.")
    open_ = [clash for clash in one.facts.clashes if clash.cleared_fingerprint != clash.fingerprint]
    if not open_:
        return
    for clash in open_:
        st.text(clash.reason)
    seen = [clash.fingerprint for clash in one.facts.clashes]
    with st.form("clashes", border=True):
        spoke_with = st.text_input("Which post you spoke with")
        if st.form_submit_button("Clear the clashes"):
            attempt(
                desk,
                lambda work: clashes.clear_clashes(work, reference, spoke_with, seen=seen),
                done="The clashes are cleared until either side changes.",
            )
