"""Where people and agencies are told by mail and rung at any hour, and how mail has gone."""

import streamlit as st

from planner.rules.counts import count_words
from planner.services import duty_numbers, mailboxes
from planner.settings import load_settings
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.views.mail import agency_reached, mail_state, own_mailbox, own_number
from planner.work import Desk

LABEL = "Mailbox of an office or a post; empty for none"
PLACEHOLDER = "For example duty.desk@example.org"
NUMBER = "Number rung at any hour, of a duty desk or a post; empty for none"
NUMBER_PLACEHOLDER = "For example 01632 960 001"
ON_THE_SHEET = "It stands on the printed sheets of the actions where this post or agency has a part."
NO_MAIL = "Mail is not set up on this installation: notices wait in the app alone."
OUTSIDE = "A letter says that something waits and leads to it; what it is stands behind the sign-in."


def draw_own_mailbox(desk: Desk) -> None:
    """Where one is told that something waits."""
    with desk.reading() as look:
        now, number = own_mailbox(look), own_number(look)
    st.header("Where you are told")
    st.text(OUTSIDE if load_settings().mail_file else NO_MAIL)
    with st.form("own-mailbox", border=False):
        text = st.text_input(LABEL, now, placeholder=PLACEHOLDER)
        if st.form_submit_button("Keep this mailbox"):
            attempt(desk, lambda work: mailboxes.set_own_mailbox(work, text), done="The mailbox is kept.")
    with st.form("own-number", border=False):
        rung = st.text_input(NUMBER, number, placeholder=NUMBER_PLACEHOLDER, help=ON_THE_SHEET)
        if st.form_submit_button("Keep this number"):
            attempt(desk, lambda work: duty_numbers.set_own_number(work, rung), done="The number is kept.")


def draw_mailboxes(desk: Desk, agencies: dict[str, str]) -> None:
    """Mailboxes of agencies and of people, and agencies' numbers for any hour, kept by the cell."""
    with st.expander("Mailboxes and duty numbers"):
        st.text(OUTSIDE if load_settings().mail_file else NO_MAIL)
        agency = which("Agency", agencies)
        if agency.shown is None:
            agency.say()
        else:
            _draw_agency(desk, agency.shown)
        with st.form("person-mailbox", border=False):
            title = st.text_input("Whose mailbox, by their title", key="mailbox-title")
            text_of = st.text_input(LABEL, placeholder=PLACEHOLDER, key="person-mailbox-text")
            if st.form_submit_button("Keep the person's mailbox"):
                attempt(desk, lambda work: mailboxes.set_mailbox(work, title, text_of), done="The mailbox is kept.")


def _draw_agency(desk: Desk, agency: str) -> None:
    with desk.reading() as look:
        now = agency_reached(look, agency)
    with st.form(f"agency-mailbox-of-{agency}", border=False):
        text = st.text_input(LABEL, now.mailbox, placeholder=PLACEHOLDER, key=f"agency-mailbox-{agency}")
        if st.form_submit_button("Keep the agency's mailbox"):
            attempt(desk, lambda work: mailboxes.set_agency_mailbox(work, agency, text), done="The mailbox is kept.")
    with st.form(f"agency-number-of-{agency}", border=False):
        rung = st.text_input(
            *(NUMBER, now.number),
            placeholder=NUMBER_PLACEHOLDER,
            help=ON_THE_SHEET,
            key=f"agency-number-{agency}",
        )
        if st.form_submit_button("Keep the agency's number"):
            attempt(desk, lambda work: duty_numbers.set_agency_number(work, agency, rung), done="The number is kept.")


def draw_mail_state(desk: Desk) -> None:
    """Whether letters leave; what is not taken is read on the page all the same."""
    st.header("Mail")
    if load_settings().mail_file is None:
        st.text(NO_MAIL)
        return
    with desk.reading() as look:
        state = mail_state(look)
    st.text(f"In the last day {count_words(state.told, 'notice was', 'notices were')} told by mail.")
    if state.not_taken:
        what = count_words(state.not_taken, "notice waits", "notices wait")
        st.text(f"! {what} in the app alone: {state.trouble}. Tell who runs this installation.")
