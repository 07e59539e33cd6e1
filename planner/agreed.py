"""What agencies and the police have agreed to share, by the agreements in force on a day."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from planner.db import pick
from planner.models.directory import Agency, Agreement
from planner.rules.sharing import EVERYTHING, POLICE, Category, Sharing, categories_in
from planner.rules.words import AgencyKind

SIGNED: Any = aliased(Agency)


def _agreed() -> Any:
    g = Agreement
    today: Any = sa.bindparam("today")
    in_force = sa.and_(col(g.agency_id) == col(Agency.id), col(g.valid_from) <= today, col(g.valid_to) >= today)
    return (
        pick(Agency.id, Agency.kind, g.covers, g.police_id, SIGNED.kind)
        .outerjoin(g, in_force)
        .outerjoin(SIGNED, SIGNED.id == col(g.police_id))
        .where(sa.or_(col(Agency.kind).in_(POLICE), col(g.id).is_not(None)))
    )


AGREED = _agreed()  # made once: to make it takes longer than to ask it


def agreed_on(session: Session, day: date, agency_ids: Collection[int]) -> Sharing:
    """Of these agencies, or of all."""
    query = AGREED.where(col(Agency.id).in_(agency_ids)) if agency_ids else AGREED
    everywhere: dict[int, frozenset[Category]] = {}
    of_force: dict[tuple[int, int], frozenset[Category]] = {}
    for agency_id, kind, covers, force_id, signed_by in session.execute(query, {"today": day}):
        if kind in POLICE:
            everywhere[agency_id] = EVERYTHING
        elif signed_by is AgencyKind.POLICE_FORCE:
            key = (agency_id, force_id)
            of_force[key] = of_force.get(key, frozenset()) | categories_in(covers)
        else:
            everywhere[agency_id] = everywhere.get(agency_id, frozenset()) | categories_in(covers)
    return Sharing(everywhere, of_force)
