"""What surrounds an action of the exercise: interpreters, medical, transport, reception and the rest, confirmed."""

from datetime import datetime, timedelta
from typing import Any

from planner.models.arrangements import Arrangement
from planner.rules.words import ArrangementKind, ArrangementState, Profile, SiteKind
from planner.services.exercise.people import Cast
from planner.services.exercise.rows import Rows
from planner.services.exercise.stages import Placed


def arrange(rows: Rows, cast: Cast, placed: Placed, now: datetime) -> None:
    """Everything an action near its day needs beside roles, conference and places."""
    partners, lines = cast.partners[placed.force.region], placed.drawn.lines
    children = sum(line.high for line in lines if line.profile is Profile.CHILD)
    on_call = sum(line.high for line in lines)
    known: dict[ArrangementKind, dict[str, Any]] = {
        ArrangementKind.INTERPRETERS: {"languages": "Romanian, Mandarin", "telephone": True},
        ArrangementKind.MEDICAL: {"agency_id": partners.health},
        ArrangementKind.TRANSPORT: {"agency_id": placed.force.id},
        ArrangementKind.RECEPTION: {"agency_id": partners.ngo, "site": SiteKind.COMMUNITY},
        ArrangementKind.ONWARD_ROUTE: {"agency_id": partners.ngo},
        ArrangementKind.ON_CALL: {"agency_id": partners.ngo, "number": on_call},
        ArrangementKind.REGION_INFORMED: {},
    }
    if children:
        posts: dict[str, Any] = {
            "convenes": True,
            "in_hours_post": "Duty manager",
            "out_of_hours_post": "Emergency duty manager",
        }
        known[ArrangementKind.CHILDREN_SERVICE] = {"agency_id": partners.children, "number": children, **posts}
    for kind, values in known.items():
        rows.add(
            Arrangement,
            action_id=placed.id,
            kind=kind,
            state=ArrangementState.CONFIRMED,
            answered_post="Duty manager",
            reference=f"{kind.value[:3].upper()}/{placed.id}",
            until_at=placed.starts_at + timedelta(hours=24),
            confirmed_at=now - timedelta(days=1),
            changed_at=now - timedelta(days=1),
            **values,
        )
