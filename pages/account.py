"""Your account: what opens it, where it is open, devices that are remembered."""

import streamlit as st

from planner.ui.account_forms import draw_devices, draw_password, draw_proofs, draw_sessions
from planner.ui.desk import open_desk, show_flash
from planner.ui.mailbox_forms import draw_own_mailbox
from planner.ui.widgets import empty_state, page_header
from planner.views.accounts import own_account

desk = open_desk("account")
page_header("Your account")
show_flash()
with desk.reading() as look:
    own = own_account(look)
if own is None:
    empty_state("You have no account of your own here.", "Ask an administrator.")
    st.stop()

st.text(f"You sign in as {own.user_name}.")
draw_password(own)
draw_proofs(own)
draw_sessions(desk, own)
draw_devices(desk, own)
draw_own_mailbox(desk)
