"""The partnership charter: who leads what, what a new version changes for an agency, who has still to agree."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.role_words import Workstream
from planner.rules.words import PhaseKind

DAYS_AHEAD = 14  # from when on what is missing before the enforcement phase is told to the cell


class CharterFact(NamedTuple):
    """One line: what an agency does in a workstream; without a phase, in all of them."""

    workstream: Workstream
    phase: PhaseKind | None
    agency: str
    leads: bool
    responsibilities: str

    @property
    def part(self) -> str:
        """ "Victim care, enforcement phase" """
        words = self.workstream.replace("_", " ").capitalize()
        return f"{words}, {self.phase} phase" if self.phase else f"{words}, every phase"

    @property
    def role(self) -> str:
        return f"{self.part}: {'leads' if self.leads else 'takes part'}"


def in_order(lines: Sequence[CharterFact]) -> tuple[CharterFact, ...]:
    """By workstream and phase, who leads first."""
    streams, phases = list(Workstream), [None, *PhaseKind]
    return tuple(
        sorted(
            lines,
            key=lambda line: (streams.index(line.workstream), phases.index(line.phase), not line.leads, line.agency),
        )
    )


def overlaps(first: CharterFact, second: CharterFact) -> bool:
    """Whether two lines speak of the same part; a line of every phase meets the workstream's line of any."""
    same_phase = first.phase is second.phase or None in (first.phase, second.phase)
    return first.workstream is second.workstream and same_phase


def conflict(new: CharterFact, others: Sequence[CharterFact]) -> str | None:
    """Why a line cannot stand beside the others: two leads of one part, or an agency twice in it."""
    for other in others:
        if new.leads and other.leads and overlaps(new, other):
            led = f"{other.agency} leads {_lowered(other.part)} already."
            return f"{led} One agency leads: change that line first, or let {new.agency} take part."
        if other.agency == new.agency and (other.workstream, other.phase) == (new.workstream, new.phase):
            return f"{new.agency} has a line for {_lowered(new.part)} already. Change that one."
    return None


def without_a_lead(lines: Sequence[CharterFact]) -> tuple[Workstream, ...]:
    """Workstreams that agencies take part in and nobody leads in any phase."""
    led = {line.workstream for line in lines if line.leads}
    return tuple(stream for stream in Workstream if stream not in led and any(x.workstream is stream for x in lines))


def changed_for(agency: str, before: Sequence[CharterFact], after: Sequence[CharterFact]) -> str:
    """What a new version changes for one agency, in a sentence; and who leads anew beside it."""
    then = {(line.workstream, line.phase): line for line in before if line.agency == agency}
    now = {(line.workstream, line.phase): line for line in after if line.agency == agency}
    found = [f"{_lowered(line.part)} is new" for key, line in now.items() if key not in then]
    found += [f"{_lowered(line.part)} is no longer yours" for key, line in then.items() if key not in now]
    for key, line in now.items():
        was = then.get(key)
        if was is not None and was.leads is not line.leads:
            found.append(f"{_lowered(line.part)}: you now {'lead' if line.leads else 'take part'}")
        if was is not None and was.responsibilities != line.responsibilities:
            found.append(f"{_lowered(line.part)}: the responsibilities are worded anew")
    said = "; ".join(found)
    return f"Changed for you: {said}." if said else "Nothing changed for you."


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def is_due(today: date, enforcement: date | None, ends: date | None) -> bool:
    """Whether the cell is told that somebody is missing: from two weeks before the enforcement phase to its end."""
    if enforcement is None:
        return False
    return (enforcement - today).days <= DAYS_AHEAD and (ends is None or today <= ends)


def until_words(today: date, enforcement: date | None) -> str:
    """How long there is until the enforcement phase."""
    if enforcement is None:
        return "No enforcement phase is set."
    days = (enforcement - today).days
    if days > 0:
        return f"The enforcement phase begins on {day_words(enforcement)}: {count_words(days, 'day')} left."
    if days == 0:
        return "The enforcement phase begins today."
    return f"The enforcement phase began on {day_words(enforcement)}."


def missing_words(named: int, missing: Sequence[str]) -> str:
    """Of how many agencies how many have agreed, and the first of those who have not."""
    if not missing:
        return f"All {named} agencies have agreed." if named > 1 else "The one agency that it names has agreed."
    agreed = "has agreed" if named == 1 else "have agreed"
    first = ", ".join(missing[:3])
    rest = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    return f"{named - len(missing)} of {count_words(named, 'agency', 'agencies')} {agreed}; missing: {first}{rest}."
