"""Which entries still stand in a file: the cancelled leave after a while, and leave no ghost behind."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from planner.outputs.calendar_entries import Entry, TimedEntry

CANCELLED_KEPT = timedelta(days=14)


def standing(entries: Iterable[Entry], *, now: datetime) -> list[Entry]:
    """Return what stands at `now`, in a fixed order: a cancelled entry for 14 days, then no more."""
    given = sorted(entries, key=_place)
    kept = [entry for entry in given if not _is_gone(entry, now)]
    gone = [entry for entry in given if _is_gone(entry, now)]
    return [_without_gone(entry, gone) for entry in kept]


def _place(entry: Entry) -> tuple[str, str]:
    replaced = entry.instead_of if isinstance(entry, TimedEntry) else None
    return entry.uid, replaced.isoformat() if replaced else ""


def _is_gone(entry: Entry, now: datetime) -> bool:
    return entry.cancelled_at is not None and now - entry.cancelled_at >= CANCELLED_KEPT


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
