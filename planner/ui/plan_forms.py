"""The forms that plan one action: demand, children, legal basis, clash check, a move."""

from datetime import timedelta

import streamlit as st

from planner.rules.windows import local
from planner.rules.words import Children, Need, Power, Profile
from planner.services import actions, clashes, demand, legal_basis
from planner.ui.desk import attempt
from planner.ui.forms import choose, instant, words
from planner.views.actions import OneAction
from planner.work import Desk


def draw_demand(desk: Desk, one: OneAction) -> None:
    """Low, likely and high for each profile."""
    have = {line.profile: line for line in one.facts.demand if line.need is Need.NONE}
    kept = [line for line in one.facts.demand if line.need is not Need.NONE]
    with st.form("demand", border=True):
        lines = []
        for profile in Profile:
            line = have.get(profile)
            low, likely, high = st.columns(3)
            numbers = (
                low.number_input(f"{words(profile)}: low", 0, demand.MOST, line.low if line else 0),
                likely.number_input(f"{words(profile)}: likely", 0, demand.MOST, line.likely if line else 0),
                high.number_input(f"{words(profile)}: high", 0, demand.MOST, line.high if line else 0),
            )
            lines.append(demand.Line(profile, Need.NONE, *(int(number) for number in numbers)))
        reason = st.text_input("If nobody at all: why", max_chars=300)
        if st.form_submit_button("Keep this demand"):
            filled = [line for line in lines if line.high] + [demand.Line(*line) for line in kept]
            attempt(
                desk,
                lambda work: demand.set_demand(work, one.row.reference, filled, zero_reason=reason),
                done="The demand is kept.",
            )


def draw_children(desk: Desk, one: OneAction) -> None:
    """Unknown until said; none needs a reason and agreement."""
    with st.form("children", border=True):
        children = choose("Children", list(Children), show=words)
        number = st.number_input("How many, where expected", 0, 100, one.facts.action.children_number)
        reason = st.text_input("If none: the reason", max_chars=300)
        agreed_by = st.text_input("If none: which children's representative agrees, by post", max_chars=100)
        if st.form_submit_button("Keep what is said of children"):
            attempt(
                desk,
                lambda work: actions.set_children(
                    work, one.row.reference, children, number=int(number), reason=reason, agreed_by=agreed_by
                ),
                done="What is said of children is kept.",
            )


def draw_law(desk: Desk, one: OneAction) -> None:
    """The power: references only."""
    legal = one.facts.legal
    with st.form("law", border=True):
        power = choose("Power", list(Power), show=words)
        statute = st.text_input("Name of the power", legal.statute if legal else "Warrant", max_chars=100)
        reference = st.text_input("Its reference", legal.reference if legal else "", max_chars=60)
        issued_on = st.date_input("Issued on", legal.issued_on if legal else None, format="DD/MM/YYYY")
        expires_on = st.date_input("Last lawful day, where its text or nation says so", None, format="DD/MM/YYYY")
        accompanying = st.text_input("Functions of other agencies named as accompanying", max_chars=300)
        hour = st.text_input("Reason for entry between 22:00 and 06:00", max_chars=300)
        direction = st.text_input("Procurator fiscal's direction, in Scotland: its reference", max_chars=60)
        if st.form_submit_button("Keep the legal basis"):
            attempt(
                desk,
                lambda work: legal_basis.set_legal_basis(
                    work,
                    legal_basis.LegalRequest(
                        one.row.reference,
                        power,
                        statute,
                        reference,
                        issued_on=issued_on,
                        expires_on=expires_on,
                        hour_reason=hour,
                        accompanying=accompanying,
                        direction_reference=direction,
                    ),
                ),
                done="The legal basis is kept.",
            )


def draw_clashes(desk: Desk, one: OneAction) -> None:
    """Run the check; clear what it found after the call."""
    for clash in one.facts.clashes:
        st.text(clash.reason)
    if st.button("Run the clash check"):
        attempt(desk, lambda work: clashes.run_clash_check(work, one.row.reference), done="The clash check has run.")
    if one.facts.clashes:
        spoke_with = st.text_input("Which post you spoke with", max_chars=100)
        if st.button("Clear the clashes"):
            attempt(
                desk,
                lambda work: clashes.clear_clashes(work, one.row.reference, spoke_with),
                done="The clashes are cleared until either side changes.",
            )


def draw_move(desk: Desk, one: OneAction) -> None:
    """Move the action once; calendars and notices follow."""
    starts = local(one.row.starts_at)
    with st.form("move", border=True):
        day = st.date_input("New day", starts.date(), format="DD/MM/YYYY")
        at = st.time_input("Starts at", starts.time())
        hours = st.number_input("Lasts, hours", 1, 24, 3)
        if st.form_submit_button("Move the action"):
            attempt(
                desk,
                lambda work: actions.move_action(
                    work,
                    one.row.reference,
                    instant(day, at),
                    instant(day, at) + timedelta(hours=int(hours)),
                    version=one.row.version,
                ),
                done="The action is moved; those whom it concerns are told.",
            )
