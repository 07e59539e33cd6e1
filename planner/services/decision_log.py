"""The decision log by hand, in the order of the National Decision Model; every other decision logs itself.

An entry is a line of the record and nothing else: appended, chained, never changed. A correction is another entry.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from planner import facts
from planner.access import Verb, lock_action
from planner.errors import InputError, Refused
from planner.models.records import RecordLine
from planner.named import lock_operation
from planner.rules.decision_log import BY_HAND, ground
from planner.rules.log_headings import HEADINGS_WORDS, Headings, Part
from planner.rules.readiness import judge
from planner.services.texts import minute_text, said_text
from planner.work import Look, Work

LONGEST_TITLE = 120


@dataclass(frozen=True)
class LogRequest:
    """What was decided, under the five headings; `about` is an action's reference or an operation's code.

    `whose` says whose decision it is where a loggist types for somebody.
    """

    about: str
    action: str
    request_key: str
    information: str = ""
    strategy: str = ""
    powers: str = ""
    options: str = ""
    whose: str = ""

    def __post_init__(self) -> None:
        if not self.action.strip():
            raise InputError("Say what was decided, and when it is reviewed: the log is read by it.")
        for part in Part:
            minute_text(getattr(self, part), f"What stands under {part}")
        said_text(self.whose, "Whose decision it is", most=LONGEST_TITLE)

    @property
    def parts(self) -> dict[str, str]:
        return {part.value: minute_text(getattr(self, part), f"What stands under {part}") for part in Part}


def log_decision(work: Work, request: LogRequest) -> None:
    """An entry about an action; the same key is the same entry."""
    action = lock_action(work, request.about, Verb.LOG_DECISION)
    if not _is_kept(work, request):
        work.record_action(BY_HAND, _sentence(request), action, **_detail(request))


def log_for_operation(work: Work, request: LogRequest) -> None:
    """An entry about the operation as a whole."""
    operation = lock_operation(work, request.about, Verb.LOG_DECISION)
    if not _is_kept(work, request):
        work.record(BY_HAND, _sentence(request), kind="operation", ref=operation.code, **_detail(request))


def set_log_headings(work: Work, code: str, headings: Headings) -> None:
    """Under which headings an operation's log is read; what stands in it stays as it is."""
    operation = lock_operation(work, code, Verb.SET_OBJECTIVES)
    if operation.log_headings is headings:
        raise Refused(f"The log of {operation.name} is read under these headings already.")
    operation.log_headings, operation.version = headings, operation.version + 1
    work.session.add(operation)
    said = f"The decision log of {operation.name} is read under the headings of {HEADINGS_WORDS[headings]}."
    work.record("set_log_headings", said, kind="operation", ref=code)


def ground_now(look: Look, action_id: int | None) -> dict[str, str]:
    """What a decision on an action rests on now, for the line of the record about it."""
    known = facts.facts_of(look, action_id or 0)
    return ground(known, judge(known))


def _is_kept(work: Work, request: LogRequest) -> bool:
    """A double click makes one entry: its key stands in the line, and the lock is held."""
    key = json.dumps({"key": request.request_key})[1:-1]
    mine = select(RecordLine.number).where(
        RecordLine.verb == BY_HAND,
        RecordLine.object_ref == request.about,
        col(RecordLine.detail).contains(key, autoescape=True),
    )
    return work.session.exec(mine).first() is not None


def _sentence(request: LogRequest) -> str:
    whose = said_text(request.whose, "Whose decision it is", most=LONGEST_TITLE)
    said = minute_text(request.action, "What was decided")
    return f"Decision of {whose}: {said}" if whose else f"Decided: {said}"


def _detail(request: LogRequest) -> dict[str, Any]:
    whose = said_text(request.whose, "Whose decision it is", most=LONGEST_TITLE)
    return {"ground": request.parts, "key": request.request_key, "whose": whose}
