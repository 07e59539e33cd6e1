"""What is left of the power of each action on a page, in one query."""

from collections.abc import Collection

from sqlmodel import col

from planner.db import pick
from planner.facts_rows import rows
from planner.models.operations import LegalBasis
from planner.rules.values import LegalFact
from planner.rules.warrants import Countdown, countdown
from planner.rules.windows import local
from planner.work import Look


def powers_left(look: Look, ids: Collection[int]) -> dict[int, Countdown]:
    """The countdown of each of these actions, which are already authorised; none where no last day is said."""
    b, today = LegalBasis, local(look.now).date()
    columns = (b.action_id, b.power, b.statute, b.reference, b.issued_on, b.expires_on, b.entries, b.spent_at)
    query = pick(*columns, b.hour_reason, b.accompanying, b.direction_reference, b.hearing_at)
    found = rows(look, query.where(col(b.action_id).in_(ids)))
    left = {row[0]: countdown(LegalFact(*row[1:]), today) for row in found}
    return {number: said for number, said in left.items() if said is not None}
