"""Steps of the walk that plan: time, numbers, power, posts, arrangements, places, the conference.

Each names who does it and what; nothing here says what must be refused.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from planner.models.arrangements import Arrangement
from planner.models.care import Hold
from planner.models.conferences import Conference, ConferenceAction, Undertaking
from planner.models.operations import Action
from planner.models.roles import Condition, RoleOffer
from planner.models.slips import Slip
from planner.rules.words import (
    ArrangementKind,
    AttendanceState,
    Children,
    Decision,
    Immigration,
    Need,
    OfferState,
    Power,
    Profile,
    SiteKind,
)
from planner.services import (
    actions,
    answers,
    arrangements,
    attendance,
    care,
    clashes,
    conditions,
    conferences,
    decisions,
    demand,
    details,
    legal_basis,
    moving,
    slip_undo,
    slips,
    undertakings,
)
from planner.services import offers as asking
from planner.services.slip_changes import NewAttendance, NewTime
from planner.work import Work
from tests.builders import DAWN
from tests.race.command_choice import WHY, Choice, Step, ids, of_one, plain
from tests.ready import KINDS, POSTS, REFERENCE
from tests.services.test_details import KNOWN

THREE_HOURS = timedelta(hours=3)
HOURS = (0, 1, 24, 48)


def _arrange(c: Choice) -> Step:
    kind = KINDS[c.pick % len(KINDS)]
    site = SiteKind.COMMUNITY if kind is ArrangementKind.RECEPTION else None
    return "silver", lambda work: arrangements.confirm_arrangement(
        work,
        arrangements.ArrangementRequest(REFERENCE, kind, "Duty manager", c.key, number=2, telephone=True, site=site),
    )


def _confirm_again(c: Choice) -> Step:
    number = c.one(ids(Arrangement, Arrangement.state == "requested"))
    return "silver", lambda work: arrangements.confirm_again(work, number, answered_post="Duty manager")


def _withdraw_arrangement(c: Choice) -> Step:
    number = c.one(ids(Arrangement))
    return "silver", lambda work: arrangements.withdraw_arrangement(work, number, WHY)


def _answer(c: Choice) -> Step:
    """Mostly yes, sometimes on a condition, sometimes no; by the lead who is asked."""
    number = c.one(ids(RoleOffer, RoleOffer.state == OfferState.OFFERED))
    row = c.session.get(RoleOffer, number)
    names = {person: name for name, person in c.world.people.items()}
    terms = {"conditions": ["Travel is paid"]} if c.pick % 5 == 3 else {}
    more = {"reason": WHY} if c.pick % 5 == 4 else terms
    return names[row.lead_id] if row else "partner", lambda work: answers.answer_offer(
        work, number, accept=c.pick % 5 != 4, **more
    )


def _take_back_acceptance(c: Choice) -> Step:
    number = c.one(ids(RoleOffer, col(RoleOffer.state).in_(("accepted", "accepted_with_conditions"))))
    row = c.session.get(RoleOffer, number)
    names = {person: name for name, person in c.world.people.items()}
    return names[row.lead_id] if row else "partner", lambda work: answers.withdraw_acceptance(work, number, reason=WHY)


def _offer(c: Choice) -> Step:
    role, agency, _ = POSTS[c.pick % len(POSTS)]
    return "silver", lambda work: asking.offer_role(work, asking.OfferRequest(REFERENCE, role, agency, c.key))


def _condition(c: Choice) -> Step:
    number = c.one(ids(Condition))
    return "silver", lambda work: conditions.answer_condition(work, number, met=c.pick % 3 > 0, answer="It is paid.")


def _agree(c: Choice) -> Step:
    number = c.one(ids(Condition))
    return POSTS[c.pick % 3][2], lambda work: conditions.confirm_condition(work, number, agrees=True)


def _hold(c: Choice) -> Step:
    request = care.HoldRequest(REFERENCE, "U1", ((Profile.WOMAN, Need.NONE, 1 + c.pick % 2),), c.key)
    return "silver", lambda work: care.hold_places(work, request)


def _of_hold(verb: Callable[..., Any], by: str, *more: Any) -> Callable[[Choice], Step]:
    def step(c: Choice) -> Step:
        number = c.one(ids(Hold, col(Hold.state).in_(("requested", "held", "confirmed"))))
        return by, lambda work: verb(work, number, *more)

    return step


def _confer(c: Choice) -> Step:
    """Convened, held with its quorum and decided, in one step: apart they would rarely meet."""
    three = ("force", "ngo", "health")

    def verb(work: Work) -> None:
        request = conferences.ConveneRequest((REFERENCE,), c.now, c.now + timedelta(hours=1), three, c.key)
        number = conferences.convene(work, request).id or 0
        seats = [attendance.Seat(code, AttendanceState.ATTENDED, True, code == "ngo", True) for code in three]
        attendance.record_attendance(work, number, seats)
        proceed = Decision.PROCEED if c.pick % 4 else Decision.DEFER
        decisions.decide(work, number, REFERENCE, proceed, reasons="Roles and care are there.")

    return "cell", verb


def _undertake(c: Choice) -> Step:
    number = c.one(ids(Conference))
    about = c.session.exec(select(ConferenceAction.action_id).where(ConferenceAction.conference_id == number)).first()
    request = undertakings.UndertakingRequest(
        number, "ngo", "Screening room ready.", c.now + timedelta(hours=2), action=REFERENCE if about else None
    )
    return "cell", lambda work: undertakings.add_undertaking(work, request)


def _close_undertaking(c: Choice) -> Step:
    number = c.one(ids(Undertaking))
    return "cell", lambda work: undertakings.close_undertaking(work, number)


def _demand(c: Choice) -> Step:
    line = demand.Line(Profile.WOMAN, Need.NONE, 1, 1 + c.pick % 3, 4)
    return "silver", lambda work: demand.set_demand(work, REFERENCE, [line])


def _children(c: Choice) -> Step:
    none = {"reason": "Nothing points to children.", "agreed_by": "Children's representative"}
    said, more = ((Children.NONE, none), (Children.NONE, none), (Children.UNKNOWN, {}))[c.pick % 3]
    return "silver", lambda work: demand.set_children(work, REFERENCE, said, **more)


def _power(c: Choice) -> legal_basis.LegalRequest:
    last = (DAWN + timedelta(days=(-1, 30, 30)[c.pick % 3])).date()
    return legal_basis.LegalRequest(
        REFERENCE, Power.WARRANT, "Warrant", f"W/{c.key}", issued_on=(DAWN - timedelta(days=9)).date(), expires_on=last
    )


def _move(c: Choice) -> Step:
    at = DAWN + timedelta(hours=HOURS[c.pick % 4])
    return "silver", lambda work: moving.move_action(
        work, REFERENCE, at, at + THREE_HOURS, version=work.session.get_one(Action, 1).version
    )


def _slip(c: Choice) -> Step:
    at = DAWN + timedelta(hours=HOURS[c.pick % 4])
    change: Any = NewTime(at, at + THREE_HOURS) if c.pick % 3 else NewAttendance(list(Immigration)[c.pick % 3])
    request = slips.SlipRequest((REFERENCE,), change, c.key, {})
    with c.world.desk("silver", c.now).writing(rehearsed=True) as work:
        mark = slips.list_consequences(work, request).mark
    return "silver", lambda work: slips.slip(work, request, seen=mark)


def _other_nearby(c: Choice) -> Step:
    """Another force plans at the same premises: a clash on both sides."""
    known = details.DetailsRequest(*KNOWN.__dict__.values())
    return "silver", lambda work: details.set_details(work, ("WM-0002", REFERENCE)[c.pick % 4 == 3], known)


PLANNING: Mapping[str, Callable[[Choice], Step]] = {
    "move": _move,
    "slip": _slip,
    "undo": of_one("silver", Slip, slip_undo.undo_slip),
    "attendance": lambda c: (
        "silver",
        lambda work: actions.set_immigration(work, REFERENCE, list(Immigration)[c.pick % 3]),
    ),
    "demand": _demand,
    "children": _children,
    "details": _other_nearby,
    "power": lambda c: ("silver", lambda work: legal_basis.set_legal_basis(work, _power(c))),
    "issue again": lambda c: ("silver", lambda work: legal_basis.reissue_warrant(work, _power(c))),
    "clash check": plain("silver", clashes.run_clash_check),
    "clear clashes": plain("silver", clashes.clear_clashes, "Duty officer"),
    "offer": _offer,
    "answer": _answer,
    "take back an answer": _take_back_acceptance,
    "withdraw an offer": of_one("silver", RoleOffer, asking.withdraw_offer, reason=WHY),
    "answer a condition": _condition,
    "agree to it": _agree,
    "arrange": _arrange,
    "confirm again": _confirm_again,
    "withdraw an arrangement": _withdraw_arrangement,
    "hold": _hold,
    "confirm places": _of_hold(care.confirm_hold, "provider"),
    "decline places": _of_hold(care.decline_hold, "provider", WHY),
    "take places back": _of_hold(care.take_back, "provider", WHY),
    "release": _of_hold(care.release_hold, "silver"),
    "confer": _confer,
    "undertake": _undertake,
    "undertaken": _close_undertaking,
}
