"""libical, which KDE, Evolution and many servers read calendars with: a fourth program that reads what we write."""

import ctypes
from ctypes.util import find_library
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

EVENT = 4  # ICAL_VEVENT_COMPONENT


class _Time(ctypes.Structure):
    """libical's icaltimetype, version 3."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        *((name, ctypes.c_int) for name in ("is_date", "is_daylight")),
        ("zone", ctypes.c_void_p),
    )


class Event(NamedTuple):
    """What libical makes of the one event of a file; `keeps_rules` is its own check of what iTIP asks."""

    method: str
    uid: str
    sequence: int
    status: str
    starts_at: datetime
    ends_at: datetime
    attendees: tuple[str, ...]
    errors: int
    keeps_rules: bool


def library() -> Any:
    lib: Any = ctypes.CDLL(find_library("ical"))
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    for name, given, back in (
        ("icalparser_parse_string", (text,), pointer),
        ("icalcomponent_get_first_component", (pointer, ctypes.c_int), pointer),
        ("icalcomponent_get_next_component", (pointer, ctypes.c_int), pointer),
        ("icalcomponent_get_recurrenceid", (pointer,), _Time),
        ("icalcomponent_get_first_property", (pointer, ctypes.c_int), pointer),
        ("icalcomponent_get_next_property", (pointer, ctypes.c_int), pointer),
        ("icalproperty_get_attendee", (pointer,), text),
        ("icalcomponent_get_uid", (pointer,), text),
        ("icalcomponent_get_method", (pointer,), ctypes.c_int),
        ("icalcomponent_get_sequence", (pointer,), ctypes.c_int),
        ("icalcomponent_get_status", (pointer,), ctypes.c_int),
        ("icalproperty_status_to_string", (ctypes.c_int,), text),
        ("icalproperty_method_to_string", (ctypes.c_int,), text),
        ("icalcomponent_get_dtstart", (pointer,), _Time),
        ("icalcomponent_get_dtend", (pointer,), _Time),
        ("icaltime_as_timet_with_zone", (_Time, pointer), ctypes.c_long),
        ("icalcomponent_count_errors", (pointer,), ctypes.c_int),
        ("icalrestriction_check", (pointer,), ctypes.c_int),
        ("icalcomponent_free", (pointer,), None),
    ):
        function = getattr(lib, name)
        function.argtypes, function.restype = given, back
    return lib


def read_by_libical(body: bytes) -> Event:
    lib = library()
    calendar = lib.icalparser_parse_string(body)
    event = lib.icalcomponent_get_first_component(calendar, EVENT)
    kind = lib.icalproperty_string_to_kind(b"ATTENDEE")
    attendees, found = [], lib.icalcomponent_get_first_property(event, kind)
    while found:
        attendees.append(lib.icalproperty_get_attendee(found).decode())
        found = lib.icalcomponent_get_next_property(event, kind)
    read = Event(
        lib.icalproperty_method_to_string(lib.icalcomponent_get_method(calendar)).decode(),
        lib.icalcomponent_get_uid(event).decode(),
        lib.icalcomponent_get_sequence(event),
        lib.icalproperty_status_to_string(lib.icalcomponent_get_status(event)).decode(),
        _instant(lib, lib.icalcomponent_get_dtstart(event)),
        _instant(lib, lib.icalcomponent_get_dtend(event)),
        tuple(attendees),
        lib.icalcomponent_count_errors(calendar),
        bool(lib.icalrestriction_check(calendar)),
    )
    lib.icalcomponent_free(calendar)
    return read


def library_instant(lib: Any, time: _Time) -> date | datetime:
    """A whole day as its day."""
    return date(time.year, time.month, time.day) if time.is_date else _instant(lib, time)


def _instant(lib: Any, time: _Time) -> datetime:
    """By the zone that is written in the file."""
    return datetime.fromtimestamp(lib.icaltime_as_timet_with_zone(time, time.zone), UTC)
