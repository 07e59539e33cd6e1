"""An exercise in which actions clash on every ground: marks, teams, leads and last places drawn at random."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from planner.db import Database
from planner.models.care import Hold, HoldLine, Unit
from planner.models.directory import Person
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.windows import first_night
from planner.rules.words import ActionState, HoldState, Need, OfferState, Profile
from planner.work import utc_now

HOURS = (1, 3, 12, 100)
SOON = timedelta(weeks=8)


def crowd(database: Database, seed: int) -> int:
    """Every action is to come within eight weeks and shares something with some others; how many actions."""
    chance, now = Random(seed), utc_now()
    with database.write() as session:
        forces = dict(session.exec(select(Action.id, Action.force_id).order_by(col(Action.id))).all())
        drawn = [{"number": number, **_drawn(chance, len(forces), now)} for number in forces]
        table: Any = Action.__table__  # type: ignore[attr-defined]
        changed = {name: sa.bindparam(name) for name in drawn[0] if name != "number"}
        update = sa.update(table).where(table.c.id == sa.bindparam("number")).values(changed)
        session.connection().execute(update, drawn)
        _lead(session, chance, forces)
        _ask(session, chance, drawn)
    return len(forces)


def _drawn(chance: Random, number: int, now: datetime) -> dict[str, Any]:
    starts_at = now + timedelta(hours=chance.randrange(24, SOON // timedelta(hours=1)))
    return {
        "premises_cell": _one_of(chance, "cell", number // 8),
        "premises_mark": _one_of(chance, "mark", number // 4),
        "intelligence_reference": str(chance.randrange(number * 2)),
        "team": _one_of(chance, "TEAM", 3),
        "state": ActionState.PLANNED if chance.random() < 0.95 else ActionState.STOOD_DOWN,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=chance.choice(HOURS)),
    }


def _lead(session: Session, chance: Random, forces: dict[Any, int]) -> None:
    """Half of the actions have a post accepted, by leads who have some others."""
    people = session.exec(select(Person.id).order_by(col(Person.id)).limit(max(20, len(forces) // 8))).all()
    role, now = session.exec(select(CatalogueRole.id)).first(), utc_now()
    offers = [
        {
            **{"action_id": number, "role_id": role, "agency_id": force, "lead_id": chance.choice(people)},
            **{"state": OfferState.ACCEPTED, "offered_at": now, "answer_by": now, "version": 1},
        }
        for number, force in forces.items()
        if chance.random() < 0.5
    ]
    session.execute(sa.insert(RoleOffer), offers)


def _ask(session: Session, chance: Random, drawn: list[dict[str, Any]]) -> None:
    """One of five actions asks for places, all of them in a few units."""
    units = session.exec(select(Unit.id, Unit.provider_id).order_by(col(Unit.id)).limit(6)).all()
    asker = session.exec(select(Person.id)).first() or 0
    for row in drawn:
        if chance.random() >= 0.2:
            continue
        unit, provider = chance.choice(units)
        hold = Hold(
            provider_id=provider,
            action_id=row["number"],
            state=HoldState.REQUESTED,
            first_night=first_night(row["starts_at"]),
            nights=chance.choice((1, 3)),
            asked_by=asker,
            asked_at=utc_now(),
        )
        session.add(hold)
        session.flush()
        line = {"profile": Profile.WOMAN, "need": Need.NONE, "places": chance.randint(1, 40)}
        session.add(HoldLine(hold_id=hold.id or 0, unit_id=unit or 0, **line))


def _one_of(chance: Random, word: str, number: int) -> str | None:
    return f"{word} {chance.randrange(number)}" if chance.random() < 0.7 else None
