"""The training register: by person, in counts by force, and who is trained on one action."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.directory import Agency, Person, Training, TrainingCount
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.training_words import OF_A_TRAINED_OFFICER, Skill
from planner.rules.words import AgencyKind, OfferState
from planner.work import Look

ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)


class TrainedRow(NamedTuple):
    """A post with a skill, until when the latest course counts; None: without an end."""

    title: str
    agency: str
    skill: Skill
    until: date | None


class CountRow(NamedTuple):
    force: str
    skill: Skill
    number: int
    as_of: date
    given_by: str


class ForceRow(NamedTuple):
    """A police force and whether it has a team dedicated to trafficking."""

    code: str
    name: str
    dedicated_team: bool


def trained(look: Look) -> tuple[TrainedRow, ...]:
    """Who has which skill by the register, by title; for who keeps the directory."""
    if not (look.actor.operator or access.may(look, access.Verb.MANAGE_DIRECTORY)):
        return ()
    query = (
        pick(Person.title, Agency.name, Training.skill, Training.valid_to)
        .join(Person, col(Person.id) == col(Training.person_id))
        .join(Agency, col(Agency.id) == col(Person.agency_id))
    )
    found: defaultdict[tuple[str, str, Skill], list[date | None]] = defaultdict(list)
    for title, agency, skill, until in look.session.execute(query.order_by(Person.title, Training.skill)):
        found[title, agency, skill].append(until)
    return tuple(
        TrainedRow(*who, None if None in ends else max(end for end in ends if end)) for who, ends in found.items()
    )


def training_counts(look: Look) -> tuple[CountRow, ...]:
    """The last word of each force and skill; for who keeps the directory."""
    if not (look.actor.operator or access.may(look, access.Verb.MANAGE_DIRECTORY)):
        return ()
    t = TrainingCount
    query = pick(Agency.name, t.skill, t.number, t.as_of, t.given_by).join(Agency, col(Agency.id) == col(t.agency_id))
    return tuple(CountRow._make(row) for row in look.session.execute(query.order_by(Agency.name, t.skill)))


def forces(look: Look) -> tuple[ForceRow, ...]:
    """Every police force, by name; for who keeps the directory."""
    if not (look.actor.operator or access.may(look, access.Verb.MANAGE_DIRECTORY)):
        return ()
    query = pick(Agency.code, Agency.name, Agency.dedicated_team).where(Agency.kind == AgencyKind.POLICE_FORCE)
    return tuple(ForceRow._make(row) for row in look.session.execute(query.order_by(Agency.name)))


def trained_by_force(look: Look) -> dict[int, int]:
    """How many of each force recognise a trafficked victim: as it counted, or as the register names, the more."""
    counted = pick(TrainingCount.agency_id, TrainingCount.number).where(TrainingCount.skill == OF_A_TRAINED_OFFICER)
    current = sa.or_(col(Training.valid_to).is_(None), col(Training.valid_to) >= look.now.date())
    named = (
        pick(Person.agency_id, sa.func.count(sa.distinct(col(Person.id))))
        .join(Training, col(Training.person_id) == col(Person.id))
        .where(current, col(Person.active), col(Training.skill) == OF_A_TRAINED_OFFICER)
        .group_by(col(Person.agency_id))
    )
    found = {agency_id: int(number) for agency_id, number in look.session.execute(counted)}
    for agency_id, number in look.session.execute(named):
        found[agency_id] = max(found.get(agency_id, 0), int(number))
    return found


def trained_officers(look: Look, reference: str) -> tuple[str, ...]:
    """By title, who accepted a post of a visible action that needs training."""
    action_id = access.action_id_of(look, reference)
    query = (
        pick(Person.title)
        .distinct()
        .join(RoleOffer, col(RoleOffer.lead_id) == col(Person.id))
        .join(CatalogueRole, col(CatalogueRole.id) == col(RoleOffer.role_id))
        .where(col(RoleOffer.action_id) == action_id, col(RoleOffer.state).in_(ACCEPTED))
        .where(col(CatalogueRole.needs_training), col(CatalogueRole.code) == "trained_officer")
        .order_by(Person.title)
    )
    return tuple(look.session.execute(query).scalars())
