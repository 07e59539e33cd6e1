"""What the commands of care share: places as PROFILE=N, a booking as a row, an answer of placement, places by night."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from planner.errors import InputError
from planner.models.care import Hold
from planner.rules.placement import Placement
from planner.rules.shortage import short_runs
from planner.rules.words import Need, Profile
from planner.services.care_eligible import Line
from planner.views.care import NightRow
from planner.views.care_check import CareCheck
from planner.views.care_terms import TermsRow, UnitTermsRow
from planner.views.strike_check import StrikeCheck


def line_of(word: str) -> Line:
    """ "woman=2" as a line of a booking."""
    name, _, number = word.partition("=")
    try:
        return Profile(name), Need.NONE, int(number)
    except ValueError as error:
        known = ", ".join(Profile)
        raise InputError(f"--places {word} is not PROFILE=N. Profiles: {known}; N a whole number.") from error


def booking_row(kept: Hold, unit: str, lines: tuple[Line, ...]) -> dict[str, Any]:
    return {
        "hold": kept.id,
        "state": kept.state,
        "unit": unit,
        "first_night": kept.first_night,
        "nights": kept.nights,
        "places": {profile: number for profile, _, number in lines},
    }


def as_check(found: CareCheck) -> dict[str, Any]:
    placed = _placed(found.found, found.unit_codes)
    return {"action": found.action, **placed, "confirmed": found.confirmed, "needed": found.needed}


def as_strike_check(name: str, found: StrikeCheck) -> dict[str, Any]:
    """The same of a whole day; what members share is told once."""
    confirmed, needed = Counter[str](), Counter[str]()
    for line in found.cover:
        confirmed[line.profile] += line.confirmed
        needed[line.profile] += line.likely
    shared = [
        {"reserve": row.reserve_id, "wanted": row.wanted, "confirmed": row.confirmed, "shared_by": row.members}
        for row in found.reserves
    ]
    return {
        "strike_day": name,
        "actions": [row.reference for row in found.members],
        **_placed(found.found, found.unit_codes),
        "confirmed": dict(confirmed),
        "needed": dict(needed),
        "reserves": shared,
        "without": found.without,
    }


def _placed(found: Placement, codes: dict[int, str]) -> dict[str, Any]:
    placed = [{"unit": codes[row.unit_id], "profile": row.profile, "places": row.places} for row in found.placed]
    short = [
        {"profile": row.profile, "places": row.places, "from": row.first, "to": row.last} for row in short_runs(found)
    ]
    return {"placeable": found.placeable, "placement": placed, "short": short}


def as_capacity(rows: Iterable[NightRow]) -> list[dict[str, Any]]:
    return [
        {
            "unit": row.unit,
            "night": row.night,
            "open": row.open,
            "held": row.held,
            "confirmed": row.confirmed,
            "free": row.free,
        }
        for row in rows
    ]


def terms_row(unit: UnitTermsRow, terms: TermsRow) -> dict[str, Any]:
    """One unit with what its provider said for all of its units."""
    return {
        "unit": unit.code,
        "provider": unit.provider,
        "takes": list(unit.profiles),
        "needs": list(unit.needs),
        "exploitation": list(unit.exploitations),
        "zones": list(unit.zones),
        "criteria": unit.criteria,
        "cooperation_required": unit.cooperation_required,
        "languages": unit.languages,
        "notice_hours": terms.notice_hours,
        "notice_refused": terms.notice_refused,
        "unasked_hold_hours": terms.unasked_hold_hours,
        "standard": terms.standard,
        "standard_checked_on": terms.checked_on,
        "out_of_hours_post": terms.post,
        "office_number": terms.number,
        "last_confirmed_at": terms.confirmed_at,
        "by_telephone": terms.by_telephone or unit.by_telephone,
    }
