"""What minutes hold once they are issued: values that are kept as JSON and never change again.

Every line, decision and undertaking carries the id of the action it is about, or none, so that each copy can be made
from what its reader may know (planner.rules.minutes_copy).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from planner.rules.markings import Marked
from planner.rules.words import AgencyKind, AttendanceState, ConferenceKind, Decision, Marking, UndertakingState

SCHEMA = 1


class Typed(NamedTuple):
    """A line as it was typed, under an item from 1; it may take the place of another, and strikes it when empty."""

    id: int
    item: int
    action_id: int | None
    text: str
    instead_of: int | None


def effective(lines: Iterable[Typed]) -> tuple[Typed, ...]:
    """Each line as it was last corrected, where it first stood; what was struck out is gone."""
    roots: dict[int, int] = {}
    newest: dict[int, Typed] = {}
    for line in sorted(lines):
        root = line.id if line.instead_of is None else roots.get(line.instead_of, line.instead_of)
        roots[line.id], newest[root] = root, line
    return tuple(newest[root] for root in sorted(newest) if newest[root].text)


@dataclass(frozen=True)
class Who:
    """An agency by its true name, which is told as far as each reader may know it."""

    agency_id: int
    name: str
    kind: AgencyKind


@dataclass(frozen=True)
class Present:
    who: Who
    state: AttendanceState
    may_commit: bool
    victims_advocate: bool


@dataclass(frozen=True)
class Said:
    text: str
    action_id: int | None


@dataclass(frozen=True)
class Item:
    title: str
    lines: tuple[Said, ...]


@dataclass(frozen=True)
class Dissented:
    """An old dissent may not say whose it was."""

    who: Who | None
    text: str


@dataclass(frozen=True)
class Decided:
    """An action as it was then, what was decided for it, and who dissented."""

    action_id: int
    reference: str
    force_id: int
    region: str
    starts_at: datetime
    ends_at: datetime
    decision: Decision | None
    reasons: str
    options: str
    dissents: tuple[Dissented, ...]


@dataclass(frozen=True)
class Undertaken:
    """`owner` is the post that sees to it, where it was said."""

    who: Who
    owner: str
    action_id: int | None
    text: str
    due_at: datetime
    before_action: bool
    state: UndertakingState


@dataclass(frozen=True)
class Content:
    """A conference as it was minuted; neither where it met nor its link ever stands here."""

    kind: ConferenceKind
    starts_at: datetime
    ends_at: datetime
    chair: str
    quorum: str
    confidentiality: str
    present: tuple[Present, ...]
    items: tuple[Item, ...]
    decided: tuple[Decided, ...]
    undertaken: tuple[Undertaken, ...]
    marked: Marked


def kept_as_json(content: Content) -> str:
    """The same values are the same text, so that a change is seen."""
    values = {"schema": SCHEMA, **asdict(content)}
    return json.dumps(values, sort_keys=True, ensure_ascii=False, default=_instant)


def _instant(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} cannot be kept in minutes")
    return value.astimezone(UTC).isoformat()


def read_content(kept: str) -> Content:
    """What was kept, as values."""
    v = json.loads(kept)
    if v["schema"] != SCHEMA:
        raise ValueError(f"minutes of schema {v['schema']} cannot be read")
    return Content(
        kind=ConferenceKind(v["kind"]),
        **_times(v, "starts_at", "ends_at"),
        **{name: v[name] for name in ("chair", "quorum", "confidentiality")},
        present=tuple(
            Present(_who(p["who"]), AttendanceState(p["state"]), p["may_commit"], p["victims_advocate"])
            for p in v["present"]
        ),
        items=tuple(Item(item["title"], tuple(Said(**line) for line in item["lines"])) for item in v["items"]),
        decided=tuple(map(_decided, v["decided"])),
        undertaken=tuple(map(_undertaken, v["undertaken"])),
        marked=Marked(Marking(v["marked"][0]), v["marked"][1]),
    )


def _times(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: datetime.fromisoformat(values[name]) for name in names}


def _who(values: Mapping[str, Any]) -> Who:
    return Who(values["agency_id"], values["name"], AgencyKind(values["kind"]))


def _decided(values: Mapping[str, Any]) -> Decided:
    said = values["decision"]
    dissents = (Dissented(_who(each["who"]) if each["who"] else None, each["text"]) for each in values["dissents"])
    changed = {"decision": Decision(said) if said else None, "dissents": tuple(dissents)}
    return Decided(**{**values, **_times(values, "starts_at", "ends_at"), **changed})


def _undertaken(values: Mapping[str, Any]) -> Undertaken:
    changed = {"who": _who(values["who"]), "state": UndertakingState(values["state"])}
    return Undertaken(**{**values, **_times(values, "due_at"), **changed})
