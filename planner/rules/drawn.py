"""What a page showed when it was drawn: a press carries it, so that nobody decides on what is no longer there."""

from typing import NamedTuple

from planner.rules.fingerprints import digest
from planner.rules.readiness import Gate


class Drawn(NamedTuple):
    """An action's version, its gate as a short hash, and the last line of the record about it."""

    version: int
    gate: str
    line: int


def gate_fingerprint(gate: Gate) -> str:
    """Every finding with what it says, and what the go-ahead was worth: another hash is another decision."""
    return digest([gate.standing, [tuple(finding) for finding in gate.findings]])
