"""Standing commitments: what a lead accepts in advance, such as two actions each Tuesday in one region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from planner.access import Verb, may, own_agencies
from planner.db import pick
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.directory import Agency, Appointment, Region
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer, StandingCommitment
from planner.rules.dates import day_words
from planner.rules.windows import from_local, local
from planner.rules.words import ANSWERED, Immigration, Post
from planner.services.current_posts import role_asked_for
from planner.services.leads import is_trained, partner_leads
from planner.services.names import agency_words
from planner.work import Look, Work

MOST_A_DAY = 20
LONGEST = timedelta(days=366)
NO_COMMITMENT = "There is no such commitment, or none of yours."
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class CommitRequest:
    """A post by its code, a region by its; weekdays as numbers, Monday 1; days are London days, both included."""

    role: str
    region: str
    weekdays: tuple[int, ...]
    per_day: int
    valid_from: date
    valid_to: date
    with_immigration: bool = False

    def __post_init__(self) -> None:
        if not self.weekdays or not set(self.weekdays) <= set(range(1, 8)):
            raise InputError("Choose at least one weekday.")
        if not 1 <= self.per_day <= MOST_A_DAY:
            raise InputError(f"Commit to 1 to {MOST_A_DAY} actions a day; you entered {self.per_day}.")
        if self.valid_to < self.valid_from:
            raise InputError("The commitment ends before it begins. Check the two days.")
        if self.valid_to - self.valid_from > LONGEST:
            raise InputError("Commit for a year at most, then look again.")


def make_commitment(work: Work, request: CommitRequest) -> StandingCommitment:
    """A partner's own lead commits its agency in advance, in the operation in which they lead."""
    work.attempts("make_commitment", request.role)
    held = _own_post(work)
    role = role_asked_for(work, request.role)
    agency = work.session.get_one(Agency, held.agency_id)
    if agency.kind not in role.agency_kinds.split("|"):
        raise Refused(f"{agency_words(agency)} cannot be {role.title}: that is for other kinds of agency.")
    region = work.session.get(Region, request.region)
    if region is None:
        raise InputError(f"There is no region {request.region}. Choose one of the list.")
    made = StandingCommitment(
        operation_id=held.operation_id or 0,
        agency_id=agency.id or 0,
        lead_id=work.actor.person_id or 0,
        role_code=role.code,
        region=request.region,
        weekdays="".join(str(day) for day in sorted(set(request.weekdays))),
        per_day=request.per_day,
        with_immigration=request.with_immigration,
        valid_from=request.valid_from,
        valid_to=request.valid_to,
        made_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    said = f"committed in advance to {role.title} in {region.name}: {commitment_words(made)}."
    sentence = f"{agency_words(agency)} {said}"
    work.record("make_commitment", sentence, kind="agency", ref=agency.code, commitment=made.id)
    return made


def _own_post(work: Work) -> Appointment:
    """The actor's own post as a partner lead; of several operations, the latest."""
    query = (
        select(Appointment)
        .where(
            Appointment.person_id == work.actor.person_id,
            Appointment.post == Post.PARTNER_LEAD,
            col(Appointment.agency_id).in_(own_agencies(work, Verb.ANSWER_OFFER)),
            col(Appointment.operation_id).is_not(None),
        )
        .order_by(col(Appointment.operation_id).desc())
    )
    found = work.session.exec(query).first()
    if found is None or not may(work, Verb.ANSWER_OFFER):
        raise NotAllowed("Only a partner's own lead commits its agency. Ask the cell if this should be you.")
    return found


def end_commitment(work: Work, commitment_id: int) -> None:
    """From now on it accepts nothing; what it has accepted stays until it is taken back."""
    work.attempts("make_commitment", f"commitment {commitment_id}")
    found = work.session.get(StandingCommitment, commitment_id)
    if found is None or found.agency_id not in own_agencies(work, Verb.ANSWER_OFFER):
        raise NotFound(NO_COMMITMENT)
    row = work.lock(StandingCommitment, commitment_id)
    if row.ended_at is not None:
        raise Refused("This commitment has ended already.")
    row.ended_at = work.now
    work.session.add(row)
    agency = work.session.get_one(Agency, row.agency_id)
    sentence = f"{agency_words(agency)} ended a standing commitment: {commitment_words(row)}."
    work.record("end_commitment", sentence, kind="agency", ref=agency.code, commitment=row.id)


def commitment_words(row: StandingCommitment) -> str:
    """ "Tuesday and Thursday, 2 actions a day, until Wed 31 March 2027"."""
    days = [WEEKDAYS[int(day) - 1] for day in row.weekdays]
    named = " and ".join([", ".join(days[:-1]), days[-1]] if len(days) > 1 else days)
    actions = "1 action a day" if row.per_day == 1 else f"{row.per_day} actions a day"
    return f"{named}, {actions}, until {day_words(row.valid_to, year=True)}"


def committed_agencies(look: Look, actions: Sequence[Action]) -> dict[int, frozenset[int]]:
    """Agencies with any commitment that may cover a post of each action, by action id."""
    c, days = StandingCommitment, {action.id or 0: local(action.starts_at).date() for action in actions}
    standing = pick(c.agency_id, c.operation_id, c.region, c.valid_from, c.valid_to).where(
        col(c.operation_id).in_({action.operation_id for action in actions}),
        col(c.region).in_({action.region for action in actions}),
        col(c.ended_at).is_(None),
        c.valid_to >= min(days.values()),
    )
    rows = look.session.execute(standing).all()
    return {
        action.id or 0: frozenset(
            agency_id
            for agency_id, operation_id, region, first, last in rows
            if (operation_id, region) == (action.operation_id, action.region) and first <= days[action.id or 0] <= last
        )
        for action in actions
    }


def matching_commitment(work: Work, action: Action, role: CatalogueRole, offer: RoleOffer) -> StandingCommitment | None:
    """The first commitment that covers an offer and has room that day; locked, so that no day is given away twice."""
    day = local(action.starts_at).date()
    c = StandingCommitment
    query = select(c.id).where(
        c.operation_id == action.operation_id,
        c.agency_id == offer.agency_id,
        c.role_code == role.code,
        c.region == action.region,
        col(c.ended_at).is_(None),
        c.valid_from <= day,
        c.valid_to >= day,
        col(c.weekdays).contains(str(day.isoweekday())),
        col(c.lead_id).in_(partner_leads(work, offer.agency_id, action.operation_id)),
        *([col(c.with_immigration).is_(True)] if action.immigration is Immigration.ON_SITE else []),
    )
    for number in work.session.exec(query.order_by(col(c.id))).all():
        row = work.lock(StandingCommitment, number)
        trained = not role.needs_training or is_trained(work, row.lead_id)
        if row.ended_at is None and trained and _given(work, row, day) < row.per_day:
            return row
    return None


def _given(work: Work, row: StandingCommitment, day: date) -> int:
    """How many actions of a London day it has accepted already."""
    begins, ends = from_local(day, time.min), from_local(day + timedelta(days=1), time.min)
    query = (
        pick(sa.func.count(sa.distinct(col(Action.id))))
        .select_from(Action)
        .join(RoleOffer, col(RoleOffer.action_id) == col(Action.id))
        .where(
            RoleOffer.commitment_id == row.id,
            col(RoleOffer.state).in_(ANSWERED),
            col(Action.starts_at) >= begins,
            col(Action.starts_at) < ends,
        )
    )
    return int(work.session.execute(query).scalar_one())
