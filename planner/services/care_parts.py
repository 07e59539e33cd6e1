"""A booking made smaller, in part confirmed or released; what stays is claimed anew on the same nights."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import pick
from planner.errors import InputError, Refused
from planner.models.care import Claim, Hold, HoldLine
from planner.rules.checks_care import PROFILE_WORDS
from planner.rules.counts import count_words
from planner.rules.supply import nights_words
from planner.rules.words import HoldState, Need, Profile
from planner.services.care_claims import claim, operation_of, tell
from planner.services.care_waiting import tell_waiting
from planner.work import Work

Key = tuple[Profile, Need]


def places_of(work: Work, hold: Hold) -> dict[Key, int]:
    """How many places of a booking are for whom; a booking is in one unit."""
    return places_of_all(work, [hold])[hold.id or 0]


def places_of_all(work: Work, holds: Sequence[Hold]) -> dict[int, dict[Key, int]]:
    """The same of several bookings, by their numbers."""
    found: dict[int, dict[Key, int]] = {hold.id or 0: {} for hold in holds}
    query = pick(HoldLine.hold_id, HoldLine.profile, HoldLine.need, HoldLine.places)
    for number, profile, need, places in work.session.execute(query.where(col(HoldLine.hold_id).in_(found))):
        found[number][profile, need] = places
    return found


def booked_words(work: Work, holds: Iterable[Hold]) -> str:
    """Bookings as their provider knows them: "2 places for women, Wed 25 November to Fri 27 November, 3 nights"."""
    return "; ".join(
        f"{_whom_words(places_of(work, hold))}, {nights_words(hold.first_night, last_night(hold))}" for hold in holds
    )


def last_night(hold: Hold) -> date:
    return hold.first_night + timedelta(days=hold.nights - 1)


def _whom_words(places: Mapping[Key, int]) -> str:
    return " and ".join(
        f"{count_words(number, 'place')} for {PROFILE_WORDS[profile]}" for (profile, _), number in places.items()
    )


def keep_only(work: Work, hold: Hold, wanted: Mapping[Key, int], *, have: Mapping[Key, int] | None = None) -> int:
    """Reduce a locked booking to these places, one at least; returns how many go. What is not named goes.

    `have` is what it has, where that was read under the same lock.
    """
    have = places_of(work, hold) if have is None else have
    _check(have, wanted)
    gone = sum(have.values()) - sum(wanted.values())
    if not gone:
        return 0
    claims = hold.state in (HoldState.HELD, HoldState.CONFIRMED)
    if claims:
        work.session.execute(sa.delete(Claim).where(col(Claim.hold_id) == hold.id))
    for line in work.session.exec(select(HoldLine).where(HoldLine.hold_id == hold.id)).all():
        line.places = wanted.get((line.profile, line.need), 0)
        if line.places:
            work.session.add(line)
        else:
            work.session.delete(line)
    work.session.flush()
    if claims:
        claim(work, hold, operation_of(work, hold))
        tell_waiting(work, [hold])
    return gone


def _check(have: Mapping[Key, int], wanted: Mapping[Key, int]) -> None:
    for key, number in wanted.items():
        if not 0 <= number <= have.get(key, 0):
            who, most = key[0].replace("_", " "), have.get(key, 0)
            raise InputError(f"This booking has {count_words(most, 'place')} for {who}; you entered {number}.")
    if not any(wanted.values()):
        raise InputError("Nothing would stay of this booking. Decline, release or take back the whole of it instead.")


def release_part(work: Work, hold: Hold, keep: Mapping[Key, int], why: str) -> None:
    """The planners give back what they do not keep of a locked booking; the provider is told."""
    gone = keep_only(work, hold, keep)
    if not gone:
        raise Refused("Nothing would be released: the booking has no more places than that.")
    left = count_words(sum(places_of(work, hold).values()), "place")
    hold.version += 1
    work.session.add(hold)
    given_back = f"{count_words(gone, 'place')} of a booking from {hold.first_night:%-d %B}"
    tell(work, hold, "release_part", f"{given_back} went back to the provider; {left} stay. {why}")
    work.notify(f"{given_back} came back to you; {left} stay booked.", agency_id=hold.provider_id)
