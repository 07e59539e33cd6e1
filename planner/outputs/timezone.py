"""The one timezone of every calendar file: Europe/London, written out by hand with its two yearly rules.

A zone written as a list of dates puts every winter event an hour out in ical.js and Thunderbird, so nothing
here is generated from the installed timezone data.
"""

from datetime import UTC, datetime, timedelta, tzinfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from planner.rules.windows import LONDON, happens_twice, local

ZONE = LONDON.key

_GMT = timedelta(0)
_BST = timedelta(hours=1)


def london_zone() -> Timezone:
    """Return the VTIMEZONE: the clocks change at 01:00 UTC on the last Sundays of March and October."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(_summer())
    zone.add_component(_winter())
    return zone


def _summer() -> TimezoneDaylight:
    summer = TimezoneDaylight()
    summer.add("dtstart", datetime(1996, 3, 31, 1))  # noqa: DTZ001  an onset is local by definition
    summer.add("rrule", {"freq": "yearly", "bymonth": 3, "byday": "-1su"})
    summer.add("tzoffsetfrom", _GMT)
    summer.add("tzoffsetto", _BST)
    summer.add("tzname", "BST")
    return summer


def _winter() -> TimezoneStandard:
    winter = TimezoneStandard()
    winter.add("dtstart", datetime(1996, 10, 27, 2))  # noqa: DTZ001  an onset is local by definition
    winter.add("rrule", {"freq": "yearly", "bymonth": 10, "byday": "-1su"})
    winter.add("tzoffsetfrom", _BST)
    winter.add("tzoffsetto", _GMT)
    winter.add("tzname", "GMT")
    return winter


def in_file(starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """Return both instants as a file should show them: in London time, or in UTC where that is ambiguous."""
    ambiguous = happens_twice(local(starts_at)) or happens_twice(local(ends_at))
    zone = UTC if ambiguous else LONDON
    return whole_second(starts_at, zone), whole_second(ends_at, zone)


def whole_second(instant: datetime, zone: tzinfo) -> datetime:
    """Return the instant in that zone without its fraction of a second, which a calendar cannot carry."""
    return instant.astimezone(zone).replace(microsecond=0)
