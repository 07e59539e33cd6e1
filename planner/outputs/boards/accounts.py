"""Accounts as a sheet: who can sign in, how, and who has a link; nothing that opens an account is read at all."""

from planner.outputs.boards.board import Row, Rows, held
from planner.rules.asked import Asked
from planner.views.accounts import Wanted, accounts
from planner.work import Look

ACCOUNTS = ("Post", "Agency", "User name", "State", "Link good until", "Opened by", "Seen last")


def account_rows(look: Look, asked: Asked) -> Rows:
    """People whom the reader may bring in."""
    found = accounts(look, Wanted(asked.text, asked.without), per_page=None)
    rows: list[Row] = [
        (row.title, row.agency, row.user_name, row.state, row.link_stands, row.proof or None, row.seen_at)
        for row in found
    ]
    return Rows(rows, held(look))
