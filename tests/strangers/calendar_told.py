"""What each reader's calendar may tell: written down by hand, and not read from the code that decides it."""

from typing import NamedTuple

from planner.rules.calendar_choice import Detail, Scope
from planner.rules.words import Post
from tests.strangers.calendar_stage import CLOSED, GROUPS, LIES, LISTED, MEETINGS, Stage
from tests.strangers.planted import Told
from tests.strangers.scene import BESIDE, REFERENCE
from tests.strangers.seats import OF_FORCES, Seat

PLANNERS = (*OF_FORCES, Post.NATIONAL_GOLD, Post.CELL, Post.REGIONAL_CELL, Post.CARE_LEAD)
SEE_CARE = (Post.SILVER, Post.CELL, Post.REGIONAL_CELL, Post.CARE_LEAD)
MEMBERS = ("force", "ngo", "health", "children")
# Each meeting or group with who has a seat there; those of the scene beside those of the stage.
SEATS = {
    "conference": ("force", "ngo", "health"),
    "later": ("force", "ngo"),
    **{name: seats for name, (_, _, seats) in MEETINGS.items()},
    **dict.fromkeys(GROUPS, MEMBERS),
}
ABOUT = {"conference": REFERENCE, "later": REFERENCE, **{name: about for name, (_, about, _) in MEETINGS.items()}}
# For whom each speaks who is no planner.
AGENCY_OF = {
    "partner": "ngo",
    "children": "children",
    "officer": "force",
    "other_provider": "other_provider",
    "partner_lead (own)": "health",
    "partner_lead (other operation)": "health",
    "partner_lead (other agency)": "ngo",
    "partner_lead (not named)": "health",
    "provider_lead (own)": "provider",
    "provider_lead (other operation)": "provider",
    "provider_lead (other agency)": "other_provider",
}
# At the one action of the scene: whose lead accepted a post, and whose is still asked.
ACCEPTED = {"ngo": "partner", "force": "officer", "health": "partner_lead (own)"}
ASKED = {"children": "children"}
# For which actions each provider has places booked, and how many of these bookings end unless they are confirmed.
BOOKED = {"provider": (REFERENCE, REFERENCE, CLOSED), "other_provider": (BESIDE,)}
HOLDS = {"provider": 2, "other_provider": 0}
HELD = {REFERENCE: 1, CLOSED: 1}
EVERY = (
    *((Scope.OPERATION, code) for code in ("OP1", "OTHER")),
    *((Scope.REGION, code) for code in ("wm", "ee")),
    *((Scope.FORCE, code) for code in ("force", "other_force")),
    *((Scope.AGENCY, code) for code in (*MEMBERS, "cell", "provider", "other_provider")),
    *((Scope.PROVIDER, code) for code in BOOKED),
    *((Scope.SERIES, name) for name in GROUPS),
    (Scope.PERSON, "me"),
)


class Holds(NamedTuple):
    """What a calendar has: actions by reference, meetings and groups by name, phases by operation, how many holds end.

    `booked` are the actions that a provider's nights are for, of which nothing is told.
    """

    actions: frozenset[str] = frozenset()
    meetings: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    ends: int = 0
    booked: tuple[str, ...] = ()


def seat_of(stage: Stage, reader: str) -> Seat | None:
    return next((seat for seat in stage.seats if seat.name == reader), None)


def operations_of(seat: Seat) -> tuple[str, ...]:
    return {"unbound": ("OP1", "OTHER"), "other operation": ("OTHER",)}.get(seat.how, ("OP1",))


def sees(seat: Seat, reference: str) -> bool:
    """Whether somebody who holds this post alone may open an action."""
    operation, force, region = LIES[reference]
    if seat.post not in PLANNERS or operation not in operations_of(seat):
        return False
    if reference == CLOSED:
        return seat.name == LISTED
    if seat.post in OF_FORCES:
        return force == ("other_force" if seat.how == "other force" else "force")
    return seat.post is not Post.REGIONAL_CELL or region == ("ee" if seat.how == "other region" else "wm")


def holds(stage: Stage, reader: str, scope: Scope, name: str) -> Holds | None:
    """What a reader's calendar has; None where there is none for them."""
    if scope in (Scope.PERSON, Scope.AGENCY, Scope.PROVIDER):
        return _own(stage, reader, scope, name)
    seat = seat_of(stage, reader)
    return _planners(seat, scope, name) if seat is not None and seat.post in PLANNERS else None


def _planners(seat: Seat, scope: Scope, name: str) -> Holds | None:
    groups = frozenset(group for group in GROUPS if _meets(seat, group))
    if scope is Scope.SERIES:
        return Holds(meetings=frozenset({name})) if name in groups else None
    place = {Scope.OPERATION: 0, Scope.FORCE: 1, Scope.REGION: 2}[scope]
    actions = frozenset(each for each, where in LIES.items() if where[place] == name and sees(seat, each))
    whole = scope is Scope.OPERATION and name in operations_of(seat)
    if not actions and not whole:
        return None
    about = frozenset(meeting for meeting, each in ABOUT.items() if each in actions)
    ends = sum(HELD.get(each, 0) for each in actions) if seat.post in SEE_CARE else 0
    asked = actions & {REFERENCE}
    if not whole:
        return Holds(actions, about, asked=asked, ends=ends)
    groups = frozenset(group for group in groups if GROUPS[group][1] == name)
    return Holds(actions, about | groups, frozenset({name}), asked, ends)


def _meets(seat: Seat, group: str) -> bool:
    """A group of all regions is everybody's in its operation; one of a region is not another region's."""
    _, operation, region = GROUPS[group]
    own = {"own": "wm", "other region": "ee", "other operation": "wm"}[seat.how] if _regional(seat) else region
    return operation in operations_of(seat) and region in (None, own)


def _regional(seat: Seat) -> bool:
    return seat.post is Post.REGIONAL_CELL


def _own(stage: Stage, reader: str, scope: Scope, name: str) -> Holds | None:
    agency, seat = AGENCY_OF.get(reader), seat_of(stage, reader)
    here = operations_of(seat) if seat is not None else ("OP1",)
    provides = agency in BOOKED
    if scope is Scope.PROVIDER:
        nights = Holds(ends=HOLDS[name], booked=BOOKED[name]) if "OP1" in here else Holds()
        return nights if agency == name else None
    if scope is Scope.AGENCY and agency != name:
        return None
    if agency is None or provides:
        return Holds()
    whole = scope is Scope.AGENCY
    said_yes, is_asked = (
        "OP1" in here and agency in leads and (whole or leads[agency] == reader) for leads in (ACCEPTED, ASKED)
    )
    return Holds(
        frozenset({REFERENCE} if said_yes else ()),
        frozenset(meeting for meeting, seats in SEATS.items() if agency in seats and _operation(meeting) in here),
        asked=frozenset({REFERENCE} if is_asked else ()),
    )


def _operation(meeting: str) -> str:
    return GROUPS[meeting][1] if meeting in GROUPS else LIES[ABOUT[meeting]][0]


def told(stage: Stage, held: Holds, detail: Detail) -> set[Told]:
    """The words that such a calendar gives away: opaque identities, which lead on behind sign-in."""
    busy = detail is Detail.BUSY
    shown = held.actions if busy else held.actions | held.asked
    found = {Told("action", "calendar_uid", stage.rows["action", each]) for each in shown}
    found |= {Told("conferenceseries", "calendar_uid", stage.rows["series", each]) for each in held.meetings}
    if not busy:
        found |= {Told("phase", "calendar_uid", stage.rows["phase", each]) for each in held.phases}
    return found


def markings(stage: Stage, held: Holds) -> set[Told]:
    """The instructions by which the calendar may be marked: those of what stands in it, and of its operation."""
    found = {Told("action", "handling", stage.rows["action", each]) for each in held.actions | held.asked}
    found |= {Told("action", "handling", stage.rows["action", each]) for each in held.booked}
    found |= {
        Told("conference", "handling", row)
        for meeting in held.meetings
        for row, series in stage.sittings.items()
        if series == stage.rows["series", meeting]
    }
    return found | {Told("operation", "handling", stage.rows["operation", each]) for each in held.phases}
