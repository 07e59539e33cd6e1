"""Accounts: who is brought in by a link; who can sign in, who has a link, who needs one."""

import streamlit as st

from planner import access
from planner.rules.asked import Asked
from planner.ui.accounts_forms import draw_accounts, draw_invite, draw_managing
from planner.ui.desk import open_desk, show_flash
from planner.ui.export_forms import draw_export
from planner.ui.rows import page_number
from planner.ui.widgets import page_header
from planner.views import accounts as view

desk = open_desk("accounts")
page_header("Accounts")
show_flash()
left, right = st.columns([0.7, 0.3], vertical_alignment="bottom")
text = left.text_input("Post or agency", placeholder="For example West Midlands").strip()
wanted = view.Wanted(text, right.checkbox("Only those without an open account"))
with desk.reading() as look:
    total = view.count_accounts(look, wanted)
    manages = access.may(look, access.Verb.MANAGE_ACCOUNTS)
    nobody_yet = view.without_account(look, wanted)
    ends_exercise = view.is_exercise_alone(look)
invite = st.container()
st.header("Who can sign in")
number = page_number(total, key="accounts-page", per_page=view.PER_PAGE)
with desk.reading() as look:
    rows = view.accounts(look, wanted._replace(page=number))
draw_accounts(rows, total)
draw_export("accounts", "", Asked(text=wanted.text, without=wanted.without))
with invite:
    draw_invite(desk, nobody_yet, [row.title for row in rows if row.link_until], ends_exercise=ends_exercise)
if manages:
    draw_managing(desk, rows)
