"""`planner gate`: the findings of each action, exit 1 when a named one is not ready or its go-ahead has fallen."""

from typing import Annotated, Any

import typer

from planner import access, facts
from planner.cli.edge import REFUSED, answer, desk_of
from planner.rules.readiness import Gate
from planner.rules.words import Standing

FALLEN = (Standing.SUSPENDED, Standing.SPENT, Standing.WITHDRAWN)


def gate(
    references: Annotated[list[str] | None, typer.Argument(metavar="[REF]...")] = None,
    not_ready: Annotated[bool, typer.Option("--not-ready", help="Only actions that are not ready.")] = False,
) -> None:
    """Show what the gate says of each action."""
    with desk_of().reading() as look:
        wanted: Any = access.visible_actions(look)
        if references:
            wanted = [access.action_id_of(look, reference) for reference in references]
        found = sorted(facts.gates(look, wanted).values(), key=lambda item: item.reference)
    shown = [item for item in found if not (not_ready and item.ready)]
    answer([as_row(item) for item in shown], [line for item in shown for line in as_lines(item)])
    if references and any(not item.ready or item.standing in FALLEN for item in found):
        raise typer.Exit(REFUSED)


def as_row(item: Gate) -> dict[str, Any]:
    findings = [
        {
            "check": finding.check,
            "state": finding.state,
            "blocks": finding.blocks,
            "sentence": finding.sentence,
            "remedy": finding.remedy,
        }
        for finding in item.findings
    ]
    return {"action": item.reference, "ready": item.ready, "go_ahead": item.standing, "findings": findings}


def as_lines(item: Gate) -> list[str]:
    head = f"{item.reference}: {'ready' if item.ready else 'not ready'}, go-ahead {item.standing}"
    return [head, *(f"  {finding.check}: {finding.sentence} {finding.remedy}" for finding in item.blocking)]
