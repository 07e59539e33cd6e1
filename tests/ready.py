"""An action brought to ready through the verbs that people use, step by step."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.words import (
    ArrangementKind,
    AttendanceState,
    Children,
    Decision,
    Need,
    OfferState,
    Power,
    Profile,
    SiteKind,
)
from planner.services import (
    answers,
    arrangements,
    attendance,
    care,
    clashes,
    conferences,
    decisions,
    demand,
    go_ahead,
    legal_basis,
)
from planner.services import offers as asking
from tests.builders import NOW, World, an_action

REFERENCE = "WM-0001"
Read = Callable[[], dict[str, Any]]  # the gate as `planner gate --json` tells it
POSTS = (
    ("first_responder", "ngo", "partner"),
    ("trained_officer", "force", "officer"),
    ("medical_lead", "health", "health"),
)
KINDS = (
    ArrangementKind.INTERPRETERS,
    ArrangementKind.MEDICAL,
    ArrangementKind.TRANSPORT,
    ArrangementKind.RECEPTION,
    ArrangementKind.ONWARD_ROUTE,
    ArrangementKind.ON_CALL,
)


def plan(world: World) -> None:
    """Demand, children, power and the clash check."""
    an_action(world, REFERENCE)
    with world.desk("silver").writing() as work:
        demand.set_demand(work, REFERENCE, [demand.Line(Profile.WOMAN, Need.NONE, 1, 2, 4)])
    with world.desk("silver").writing() as work:
        demand.set_children(
            work, REFERENCE, Children.NONE, reason="Nothing points to children.", agreed_by="Children's representative"
        )
    set_power(world, expires_on=date(2026, 12, 31))
    with world.desk("silver").writing() as work:
        clashes.run_clash_check(work, REFERENCE)


def set_power(world: World, *, expires_on: date) -> None:
    with world.desk("silver").writing() as work:
        legal_basis.set_legal_basis(
            work,
            legal_basis.LegalRequest(
                REFERENCE, Power.WARRANT, "Warrant", "W/1", issued_on=date(2026, 11, 1), expires_on=expires_on
            ),
        )


def fill_posts(world: World) -> dict[str, int]:
    """Every required post offered and accepted; returns the offers' ids."""
    offers: dict[str, int] = {}
    for role, agency, lead in POSTS:
        with world.desk("silver").writing() as work:
            offer = asking.offer_role(work, asking.OfferRequest(REFERENCE, role, agency, f"offer-{role}"))
            offers[role] = offer.id or 0
        with world.desk(lead).writing() as work:
            answers.answer_offer(work, offers[role], accept=True)
    return offers


def answer_again(world: World) -> None:
    """Every lead who is asked again says yes again."""
    for role, _, lead in POSTS:
        with world.desk(lead).writing() as work:
            query = select(RoleOffer.id).join(CatalogueRole, col(CatalogueRole.id) == col(RoleOffer.role_id))
            waiting = query.where(CatalogueRole.code == role, RoleOffer.state == OfferState.OFFERED)
            for number in work.session.exec(waiting).all():
                answers.answer_offer(work, number or 0, accept=True)


def confer(world: World, decision: Decision = Decision.PROCEED, key: str = "conference") -> int:
    """A quorate conference that decides."""
    with world.desk("cell").writing() as work:
        request = conferences.ConveneRequest(
            (REFERENCE,), NOW, NOW + timedelta(hours=1), ("force", "ngo", "health"), key
        )
        number = conferences.convene(work, request).id or 0
    with world.desk("cell").writing() as work:
        seats = [
            attendance.Seat(agency, AttendanceState.ATTENDED, True, agency == "ngo", True)
            for agency in ("force", "ngo", "health")
        ]
        attendance.record_attendance(work, number, seats)
    with world.desk("cell").writing() as work:
        decisions.decide(work, number, REFERENCE, decision, reasons="Roles and care are there.")
    return number


def arrange(world: World, kind: ArrangementKind, key: str = "") -> None:
    with world.desk("silver").writing() as work:
        arrangements.confirm_arrangement(
            work,
            arrangements.ArrangementRequest(
                REFERENCE,
                kind,
                "Duty manager",
                f"arrange-{kind}{key}",
                number=2,
                telephone=True,
                site=SiteKind.COMMUNITY if kind is ArrangementKind.RECEPTION else None,
            ),
        )


def book(world: World, key: str = "hold") -> int:
    """Two places for women held, and confirmed by the provider."""
    with world.desk("silver").writing() as work:
        request = care.HoldRequest(REFERENCE, "U1", ((Profile.WOMAN, Need.NONE, 2),), key)
        number = care.hold_places(work, request).id or 0
    with world.desk("provider").writing() as work:
        care.confirm_hold(work, number)
    return number


def make_ready(world: World) -> tuple[dict[str, int], int]:
    """Everything, in the order in which it is planned; returns the offers and the booking."""
    plan(world)
    offers = fill_posts(world)
    for kind in KINDS:
        arrange(world, kind)
    hold = book(world)
    confer(world)
    return offers, hold


def give(world: World) -> None:
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE)
    with world.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE)


def version(world: World) -> int:
    with world.desk("silver").reading() as look:
        return look.session.get_one(Action, 1).version
