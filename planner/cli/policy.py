"""`planner policy show`: what the gate of an operation asks, for everybody, a nation or a force, and every version."""

from typing import Any

import typer

from planner.cli.edge import answer, desk_of
from planner.named import operation_id_of
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
        number = operation_id_of(look, operation)
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
