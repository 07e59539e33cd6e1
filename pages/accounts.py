"""Accounts: who can sign in, who has a link, who needs one."""

import math

import streamlit as st

from planner import access
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.ui.accounts_forms import draw_invite, draw_managing
from planner.ui.desk import open_desk, show_flash
from planner.ui.rows import draw_rows
from planner.ui.widgets import empty_state, page_header
from planner.views import accounts as view

desk = open_desk("accounts")
page_header("Accounts")
show_flash()
left, right = st.columns([0.7, 0.3], vertical_alignment="bottom")
text = left.text_input("Post or agency", placeholder="For example West Midlands", max_chars=80).strip()
without = right.checkbox("Only those without an account")
wanted = view.Wanted(text, without)
with desk.reading() as look:
    total = view.count_accounts(look, wanted)
    manages = access.may(look, access.Verb.MANAGE_ACCOUNTS)
pages = max(1, math.ceil(total / view.PER_PAGE))
page = st.pagination(pages, key="accounts-page") if pages > 1 else 1
with desk.reading() as look:
    rows = view.accounts(look, wanted._replace(page=min(page, pages)))
if not rows:
    empty_state("Nobody matches.", "People are added in the Directory; then they are invited here.")
else:
    st.text(f"{count_words(total, 'person', 'people')}.")


def state_of(row: view.AccountRow) -> str:
    if row.user_name is None:
        return f"Link good until {instant_words(row.link_until)}" if row.link_until else "No account"
    return "Closed" if row.closed_at else "Open"


if rows:
    draw_rows(
        "Accounts",
        ("Post", "Agency", "User name", "State", "Opened by", "Seen last"),
        [
            (
                row.title,
                row.agency,
                row.user_name or "–",
                state_of(row),
                row.proof or "–",
                instant_words(row.seen_at) if row.seen_at else "–",
            )
            for row in rows
        ],
    )
draw_invite(desk, rows)
if manages:
    draw_managing(desk, rows)
