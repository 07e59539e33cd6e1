"""The exercise's agreements, numbers of trained officers and hours: there for most, missing for a few."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from planner.models.directory import Agreement, Availability, TrainingCount
from planner.rules.sharing import Basis, Category, kept_as
from planner.rules.training_words import Skill
from planner.services.exercise.people import Cast, Force
from planner.services.exercise.rows import Rows

NGO = (Category.LOCALITY, Category.DEMAND, Category.EXPLOITATION, Category.CHILDREN)
HEALTH = (Category.DEMAND, Category.CHILDREN)
CHILDREN = (Category.LOCALITY, Category.DEMAND, Category.CHILDREN)
OFFICE = ("12345", time(9), time(17), False, 6)
LONG = ("1234567", time(8), time(20), False, None)
ALWAYS = ("1234567", time(0), time(0), True, None)
EVERY_NINTH = 9


def share(rows: Rows, cast: Cast, cell: int, now: datetime) -> None:
    """Write them; the last region's support partner and the last but one's health service have no agreement."""
    home = cast.forces[0].region
    away = [region for region in cast.partners if region != home]
    for region, partners in cast.partners.items():
        kinds = (
            ("NGO", partners.ngo, NGO),
            ("HEALTH", partners.health, HEALTH),
            ("CHILD", partners.children, CHILDREN),
        )
        for name, agency, covers in kinds:
            if (name, region) not in (("NGO", away[-1]), ("HEALTH", away[-2])):
                _agree(rows, (agency, cell), f"ISA/{name}/{region}", covers, now)
        for agency, hours in ((partners.ngo, LONG), (partners.health, OFFICE), (partners.children, ALWAYS)):
            _hours(rows, agency, hours, now)
    _count(rows, cast.forces, now)


def _agree(rows: Rows, parties: tuple[int, int], reference: str, covers: Sequence[Category], now: datetime) -> None:
    partner, cell = parties
    rows.add(
        Agreement,
        agency_id=partner,
        police_id=cell,
        purpose="Care for people met at enforcement actions, and their safety.",
        basis=Basis.SAFEGUARDING,
        covers=kept_as(covers),
        reference=reference,
        valid_from=now.date() - timedelta(days=365),
        valid_to=now.date() + timedelta(days=365),
        review_on=now.date() + timedelta(days=200),
    )


def _hours(rows: Rows, agency: int, hours: tuple[str, time, time, bool, int | None], now: datetime) -> None:
    weekdays, opens, closes, holidays, most = hours
    rows.add(
        Availability,
        agency_id=agency,
        weekdays=weekdays,
        opens=opens,
        closes=closes,
        bank_holidays=holidays,
        actions_a_day=most,
        changed_at=now,
    )


def _count(rows: Rows, forces: Sequence[Force], now: datetime) -> None:
    """Every ninth force has not counted."""
    for number, force in enumerate(forces, 1):
        if number % EVERY_NINTH:
            for skill, trained in ((Skill.RECOGNISING, 4 + number % 7), (Skill.FIRST_RESPONDER, 1 + number % 3)):
                rows.add(
                    TrainingCount,
                    agency_id=force.id,
                    skill=skill,
                    number=trained,
                    as_of=now.date() - timedelta(days=40),
                    given_by="Exercise return of training",
                )
