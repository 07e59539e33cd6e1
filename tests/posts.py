"""Posts of an exercise asked for at random: in every state, some of them of two agencies, some leads in two places."""

import random
from datetime import timedelta

from sqlmodel import col, select

from planner.db import Database
from planner.facts_people import required_roles
from planner.models.directory import Agency, Appointment, Region
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import Condition, RoleOffer
from planner.rules.words import ActionState, ConditionState, OfferState, Post
from planner.work import Desk, Work, utc_now

STATES = (
    *(OfferState.OFFERED,) * 3,
    *(OfferState.ACCEPTED,) * 4,
    OfferState.ACCEPTED_WITH_CONDITIONS,
    OfferState.DECLINED,
    OfferState.WITHDRAWN,
)
HOURS = (2, 30, 80, 200)


def ask_for_posts(database: Database, seed: int, *, of_ten: int = 7) -> int:
    """Ask for so many of ten of the posts that actions to come require, once in a while for one more; how many."""
    chance = random.Random(seed)
    with Desk(database).writing() as work:
        roles, leads = required_roles(work), _leads(work)
        codes = {role.code: role for role in work.session.exec(select(CatalogueRole)).all()}
        nations = {region.code: region.nation for region in work.session.exec(select(Region)).all()}
        agencies = work.session.exec(select(Agency).where(col(Agency.id).in_(leads)).order_by(col(Agency.id))).all()
        number = 0
        to_come = select(Action).where(col(Action.ends_at) >= utc_now()).order_by(col(Action.id))
        for action in work.session.exec(to_come).all():
            wanted = [codes[role.code] for role in roles(action.kind, nations[action.region])] + [codes["medical_lead"]]
            for role in wanted:
                near = [item for item in agencies if item.region == action.region or item.id == action.force_id]
                fit = [item for item in near if item.kind in role.agency_kinds.split("|")]
                if chance.randrange(10) < of_ten:
                    for agency in chance.sample(fit, min(len(fit), chance.choice((1, 1, 1, 2)))):
                        _ask(work, chance, action, (role, agency, chance.choice(leads[agency.id or 0])))
                        number += 1
    return number


def _leads(work: Work) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    posts = select(Appointment).where(Appointment.post == Post.PARTNER_LEAD).order_by(col(Appointment.id))
    for held in work.session.exec(posts):
        found.setdefault(held.agency_id or 0, []).append(held.person_id)
    return found


def _ask(work: Work, chance: random.Random, action: Action, asked: tuple[CatalogueRole, Agency, int]) -> None:
    role, agency, lead = asked
    at = work.now - timedelta(hours=chance.choice(HOURS))
    offer = RoleOffer(
        action_id=action.id or 0,
        role_id=role.id or 0,
        agency_id=agency.id or 0,
        lead_id=lead,
        state=chance.choice(STATES),
        offered_at=at,
        answer_by=at + timedelta(hours=role.answer_hours),
    )
    work.session.add(offer)
    work.session.flush()
    if offer.state is OfferState.ACCEPTED_WITH_CONDITIONS:
        said = Condition(offer_id=offer.id or 0, text="Travel paid for.", state=chance.choice(tuple(ConditionState)))
        work.session.add(said)


def book_one_twice(database: Database) -> None:
    """The lead of an accepted post takes one at another action too, which moves to an hour after the first begins."""
    with database.write() as session:
        offers = select(RoleOffer).where(RoleOffer.state == OfferState.ACCEPTED)
        live = col(Action.state).in_((ActionState.PLANNED, ActionState.REQUESTED))
        to_come = select(Action).where(col(Action.starts_at) > utc_now(), live).order_by(col(Action.id))
        actions = {action.id or 0: action for action in session.exec(to_come).all()}
        own = next(offer for offer in session.exec(offers.order_by(col(RoleOffer.id))) if offer.action_id in actions)
        first = actions.pop(own.action_id)
        other = next(iter(actions.values()))
        other.starts_at, other.ends_at = first.starts_at + timedelta(hours=1), first.ends_at + timedelta(hours=1)
        session.add(RoleOffer(**own.model_dump(exclude={"id", "action_id"}), action_id=other.id))
