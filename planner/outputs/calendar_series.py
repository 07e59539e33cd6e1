"""Which entries still stand in a file: the cancelled leave after a while, and leave no ghost behind."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from planner.outputs.calendar_entries import Entry, TimedEntry

CANCELLED_KEPT = timedelta(days=14)


def standing(entries: Iterable[Entry], *, now: datetime) -> list[Entry]:
    """Return what stands at `now`, in a fixed order: a cancelled entry for 14 days, then no more."""
    given = sorted(entries, key=_place)
    kept = [entry for entry in given if not is_gone(entry, now)]
    gone = [entry for entry in given if is_gone(entry, now)]
    return [_without_gone(entry, gone) for entry in kept]


def last_change(entries: Iterable[Entry], *, now: datetime) -> datetime | None:
    """Return when any of them last changed; one that is gone changed its calendar when it left it."""
    return max((_left_at(entry, now) or entry.changed_at for entry in entries), default=None)


def _place(entry: Entry) -> tuple[str, str]:
    replaced = entry.instead_of if isinstance(entry, TimedEntry) else None
    return entry.uid, replaced.isoformat() if replaced else ""


def is_gone(entry: Entry, now: datetime) -> bool:
    return _left_at(entry, now) is not None


def _left_at(entry: Entry, now: datetime) -> datetime | None:
    """When a cancelled entry left, if it has."""
    left_at = entry.cancelled_at + CANCELLED_KEPT if entry.cancelled_at is not None else None
    return left_at if left_at is not None and left_at <= now else None


def _without_gone(entry: Entry, gone: Sequence[Entry]) -> Entry:
    """Leave the gone occurrences out of their series, which would otherwise show them again."""
    if not isinstance(entry, TimedEntry) or entry.repeats is None:
        return entry
    extra = {
        other.instead_of
        for other in gone
        if isinstance(other, TimedEntry) and other.uid == entry.uid and other.instead_of is not None
    }
    left_out = tuple(sorted(extra.union(entry.repeats.left_out)))
    return replace(entry, repeats=replace(entry.repeats, left_out=left_out))
