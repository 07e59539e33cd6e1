"""After an entry for immediate danger to life: what is mended for the people met, and what nobody asks any more."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from planner.rules.dates import instant_words
from planner.rules.deadlines import who_mends
from planner.rules.findings import Finding, State

# They are asked before a door is opened; afterwards the power that was used and the record take their place.
BEFORE = frozenset({"legal_basis", "clashes", "conference", "parameters"})
UNMET = (State.UNMET, State.NOT_RECORDED)


class Danger(NamedTuple):
    """An entry: when, under which power, what is said of it; who wrote it down, and when."""

    entered_at: datetime
    power: str
    reason: str
    by: str
    written_at: datetime

    @property
    def words(self) -> tuple[str, ...]:
        """What was entered, by whom it was written down, when and why; a sentence each."""
        return (
            f"Entered {instant_words(self.entered_at)}, under {self.power}.",
            f"Why: {self.reason}" if self.reason else "Why: nothing is written down of it yet.",
            f"Written down by {self.by}, {instant_words(self.written_at)}.",
            "Neither the gate nor a go-ahead was asked first, and neither is asked now.",
        )


def to_mend(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What is unmet and still matters to the people met: posts, places, arrangements, children."""
    return tuple(finding for finding in findings if finding.state in UNMET and finding.check not in BEFORE)


def not_asked(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What was unmet when the door was opened, and is mended by nobody any more."""
    return tuple(finding for finding in findings if finding.state in UNMET and finding.check in BEFORE)


def mend_after_words(finding: Finding) -> str:
    """ "Care lead: find and confirm places, at once."; nothing of what is met."""
    return f"{who_mends(finding)}, at once." if finding.state in UNMET else ""
