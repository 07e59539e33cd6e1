"""What is taken in a calendar, as an address, a form or a command line says it."""

import re

from planner.errors import InputError
from planner.rules.calendar_choice import (
    BETWEEN,
    LONGEST_ALARM,
    OFFERED,
    PART,
    USUAL,
    Choice,
    Detail,
    EntryKind,
    Scope,
    usual,
)

_ALARM = re.compile("[0-9]{1,5}")


def scope_of(text: str) -> Scope:
    try:
        return Scope(text)
    except ValueError:
        raise InputError(f"There is no scope {text}. Choose one of: {', '.join(Scope)}.") from None


def choice_of(scope: Scope, kinds: str = "", detail: str = "", alarm: int | None = None) -> Choice:
    """A choice from its texts; empty ones leave what is usual."""
    begun = usual(scope)
    chosen = frozenset(_kind(scope, text) for text in kinds.split(BETWEEN)) if kinds else begun.kinds
    if detail and detail not in tuple(Detail):
        raise InputError(f"There is no detail {detail}. Choose one of: {', '.join(Detail)}.")
    if alarm is not None and not 0 <= alarm <= LONGEST_ALARM:
        raise InputError(f"An alarm of {alarm} minutes is refused. Choose between 0 and {LONGEST_ALARM:,} minutes.")
    return Choice(chosen, Detail(detail) if detail else begun.detail, alarm)


def choice_from(scope: Scope, text: str) -> Choice:
    """A choice from its own text; less than the whole leaves what is usual."""
    if text == USUAL:
        return usual(scope)
    parts = text.split(PART)
    kinds, detail, alarm = [*parts, "", "", ""][:3]
    if len(parts) > 3 or (alarm and not _ALARM.fullmatch(alarm)):
        raise InputError("That says no choice of entries. Choose them on the calendar page.")
    return choice_of(scope, kinds, detail, int(alarm) if alarm else None)


def _kind(scope: Scope, text: str) -> EntryKind:
    if text not in OFFERED[scope]:
        raise InputError(
            f"A calendar of a scope {scope} holds no {text or 'empty kind'}. "
            f"Choose of: {', '.join(OFFERED[scope])}, with a {BETWEEN} between them."
        )
    return EntryKind(text)
