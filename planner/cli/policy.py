"""`planner policy show`: what the gate of an operation asks, for everybody, a nation or a force, and every version."""

from typing import Any

import typer
from sqlmodel import col, select

from planner import access
from planner.cli.edge import answer, desk_of
from planner.errors import NotFound
from planner.models.operations import Operation
from planner.rules.policy_terms import TERMS, Terms, value_words
from planner.views.policy import PolicyBoard, policy_board

app = typer.Typer(no_args_is_help=True, help="The gate's policy.")


@app.callback()
def _policy() -> None:
    """The gate's policy."""


@app.command()
def show(operation: str) -> None:
    """Show what is in force in an operation, and how it came to be."""
    with desk_of().reading() as look:
        seen = col(Operation.id).in_(access.visible_operations(look))
        number = look.session.exec(select(Operation.id).where(Operation.code == operation, seen)).first()
        if number is None:
            raise NotFound(f"There is no operation {operation}, or none that you can open.")
        board = policy_board(look, number)
    answer(_as_row(board), _as_lines(board))


def _as_row(board: PolicyBoard) -> dict[str, Any]:
    return {
        "in_force": [{"for": item.name, "version": item.version, **_values(item.terms)} for item in board.scopes],
        "versions": [
            {
                "for": item.scope,
                "version": item.version,
                "at": item.at.isoformat(),
                "by": item.by,
                "reason": item.reason,
            }
            for item in board.versions
        ],
    }


def _values(terms: Terms) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in terms._asdict().items()}


def _as_lines(board: PolicyBoard) -> list[str]:
    lines = []
    for item in board.scopes:
        lines.append(f"{item.name}, version {item.version}")
        lines += [f"  {term.title}: {value_words(term, getattr(item.terms, term.name))}" for term in TERMS]
    return lines
