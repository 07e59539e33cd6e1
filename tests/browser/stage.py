"""An exercise in which every page has something to show: offers, a condition, a conference, a request for places."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import BrowserContext
from sqlmodel import col, select

from planner import facts
from planner.access import action_id_of
from planner.db import Database
from planner.models.conferences import Conference
from planner.models.directory import Agency
from planner.models.operations import Action, Operation
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.on_the_day import Count
from planner.rules.standing import Rhythm
from planner.rules.words import AgencyKind, AttendanceState, ConferenceKind, Need, Profile
from planner.services import (
    answers,
    attendance,
    care,
    conferences,
    copying,
    decisions,
    go_ahead,
    minutes,
    offers,
    on_the_day,
    standing_groups,
    telephone,
    undertakings,
)
from planner.services.exercise import load_pentameter2
from planner.work import Desk, Look, utc_now
from tests.browser.conftest import ROOT, serving
from tests.browser.walk import PASSWORD, Exercise, person, unit_of_provider

REFERENCE = "WM-0001"
MISSING = "WM-9999"
BEGUN = "DAY-0001"
CONDITION = "An interpreter of the same sex"


@contextmanager
def exercise_at(var: Path, *, actions: int | None, prepare: Any = None) -> Iterator[Exercise]:
    """A server with an exercise of so many actions (None: all of them) and its stage set."""
    shutil.copy(_staged(var.parent, actions), var / "planner.db")
    database = Database(f"sqlite:///{var / 'planner.db'}")
    exercise = Exercise("", var, database)
    if prepare is not None:
        prepare(exercise)
    with serving(ROOT / "streamlit_app.py", {"PLANNER_VAR": str(var)}, log=var / "log") as address:
        yield Exercise(address, var, database)
    database.dispose()


def _staged(folder: Path, actions: int | None) -> Path:
    """The file of an exercise whose stage is set, to be copied: made once a run, while other processes wait for it."""
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    file = shared / f"staged-{actions or 'all'}.db"
    with (shared / f"{file.stem}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not file.exists():
            making = file.with_suffix(".making")
            making.unlink(missing_ok=True)
            database = Database(f"sqlite:///{making}")
            load_pentameter2(database, actions=actions)
            set_stage(Exercise("", shared, database))
            database.dispose()  # the last connection leaves nothing in a write-ahead log
            making.rename(file)
    return file


def set_stage(exercise: Exercise) -> None:
    """What people have done by this morning: each by the verb of whoever may."""
    silver, partner = (Desk(exercise.database, person(exercise, name)) for name in ("silver", "partner"))
    with silver.reading() as look:
        requests = _offers(look)
        zone = facts.facts_of(look, action_id_of(look, REFERENCE)).action.zone
    with silver.writing() as work:
        for request in requests:
            offers.offer_role(work, request)
    number = _offer_to(exercise, "partner")
    with partner.writing() as work:
        answers.answer_offer(work, number, accept=True, conditions=[CONDITION])
    _convene(exercise)
    _meet(exercise)
    _set_group(exercise)
    unit = unit_of_provider(exercise, zone)
    with silver.writing() as work:
        care.hold_places(work, care.HoldRequest(REFERENCE, unit, ((Profile.WOMAN, Need.NONE, 2),), "stage-hold"))
    with silver.writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE)
    _begin(exercise, silver)


def _set_group(exercise: Exercise) -> None:
    """A strategic group that meets each week; its first meeting was held."""
    cell = Desk(exercise.database, person(exercise, "cell"))
    members = ("WMI", "X-NGO-west_midlands", "X-HEALTH-west_midlands", "X-CHILD-west_midlands")
    first = utc_now() + timedelta(days=1)
    until = (first + timedelta(weeks=8)).date()
    with cell.reading() as look:
        operation = look.session.exec(select(Operation.code)).first() or ""
        known = set(look.session.exec(select(Agency.code)))
    there = tuple(code for code in members if code in known)
    with cell.writing() as work:
        group = standing_groups.set_group(
            work,
            standing_groups.GroupRequest(
                operation, "Strategic group", first, 60, Rhythm.WEEKLY, until, there, "stage-group"
            ),
        )
        meetings = select(Conference.id).where(Conference.series_id == group.series_id)
        number = work.session.exec(meetings.order_by(col(Conference.starts_at))).first() or 0
    with cell.writing() as work:
        came = [attendance.Seat(code, AttendanceState.ATTENDED, True, code == there[1], True) for code in there]
        attendance.record_attendance(work, number, came, held_now=True)


def _begin(exercise: Exercise, silver: Desk) -> None:
    """Another action of the force is at the door: more are met than have a place, and one is not accounted for."""
    starts_at = utc_now() + timedelta(hours=1)
    with silver.writing() as work:
        request = copying.CopyRequest(REFERENCE, starts_at, starts_at + timedelta(hours=3), "stage-begun")
        number = copying.copy_action(work, request).id
    with exercise.database.write() as session:  # how it came to that is tried elsewhere
        session.execute(sa.update(Action).where(col(Action.id) == number).values(reference=BEGUN, state="begun"))
    counts = [Count.ENCOUNTERED] * 3 + [Count.RECEPTION, Count.DECLINED]
    for number, count in enumerate(counts):
        with silver.writing() as work:
            on_the_day.count_people(work, on_the_day.CountRequest(BEGUN, count, f"stage-{number}"))
    with silver.reading() as look:
        zone = facts.facts_of(look, action_id_of(look, BEGUN)).action.zone
    with silver.writing() as work:
        unit = unit_of_provider(exercise, zone)
        telephone.note_places(work, telephone.TelephoneRequest(BEGUN, unit, 1, "stage-telephone"))


def _offers(look: Look) -> list[offers.OfferRequest]:
    """Every required post, to the region's support partner where it may fill it, otherwise to the force."""
    known = facts.facts_of(look, action_id_of(look, REFERENCE)).action
    force = look.session.get_one(Agency, known.force_id).code
    partner = look.session.exec(
        select(Agency.code).where(Agency.kind == AgencyKind.NGO, Agency.region == known.region)
    ).one()
    posts = look.session.exec(select(CatalogueRole).where(CatalogueRole.required).order_by(CatalogueRole.code))
    return [
        offers.OfferRequest(
            REFERENCE, role.code, partner if AgencyKind.NGO in role.agency_kinds else force, f"stage-{role.code}"
        )
        for role in posts
        if not role.action_kinds or "warrant" in role.action_kinds
    ]


def _offer_to(exercise: Exercise, name: str) -> int:
    """The first offer at the action to this person's agency."""
    query = (
        select(RoleOffer.id)
        .join(Action, col(Action.id) == col(RoleOffer.action_id))
        .where(Action.reference == REFERENCE, RoleOffer.lead_id == person(exercise, name))
    )
    with exercise.database.read() as session:
        return session.exec(query.order_by(col(RoleOffer.id))).first() or 0


def _convene(exercise: Exercise) -> None:
    cell = Desk(exercise.database, person(exercise, "cell"))
    starts_at = utc_now() + timedelta(hours=4)
    invited = ("WMI", "X-NGO-west_midlands", "X-HEALTH-west_midlands")
    with cell.writing() as work:
        request = conferences.ConveneRequest(
            (REFERENCE,), starts_at, starts_at + timedelta(hours=1), invited, "stage-conference"
        )
        number = conferences.convene(work, request).id or 0
    with cell.writing() as work:
        text = "Screening room ready at reception"
        undertakings.add_undertaking(
            work, undertakings.UndertakingRequest(number, "X-NGO-west_midlands", text, starts_at + timedelta(hours=8))
        )


def enter(context: BrowserContext, exercise: Exercise, name: str) -> BrowserContext:
    """Sign a browser in without drawing the sign-in page."""
    form = {"user": name, "password": PASSWORD, "next": "/healthz"}
    assert context.request.post(f"{exercise.address}/login", form=form).ok
    return context


def _meet(exercise: Exercise) -> None:
    """An emergency conference that goes through its agenda: two are there, one dissents, three lines are minuted."""
    cell = Desk(exercise.database, person(exercise, "cell"))
    invited = ("WMI", "X-NGO-west_midlands", "X-HEALTH-west_midlands")
    at = utc_now() + timedelta(minutes=1)
    request = conferences.ConveneRequest(
        (REFERENCE,), at, at + timedelta(hours=1), invited, "stage-meeting", ConferenceKind.EMERGENCY, "By video"
    )
    with cell.writing() as work:
        number = conferences.convene(work, request).id or 0
    for code in invited[:2]:
        with cell.writing() as work:
            seat = attendance.Seat(code, AttendanceState.ATTENDED, True, code == invited[1], True)
            attendance.take_seat(work, number, seat, held_now=True)
    with cell.writing() as work:
        minutes.open_agenda(work, number)
        for line, item in enumerate((1, 1, 2)):
            minutes.type_line(work, minutes.LineRequest(number, item, "Two places are confirmed.", f"stage-{line}"))
        decisions.dissent(work, number, REFERENCE, invited[1], "We would wait for the third place.")
