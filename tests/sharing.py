"""Agreements for the small world: with a partner, signed by the cell, covering what is given."""

from datetime import date
from typing import Any

from sqlmodel import select

from planner.models.reference import CatalogueRole
from planner.rules.sharing import Basis, Category
from planner.services.agreements import AgreementRequest, add_agreement
from tests.builders import World


def an_agreement(agency: str, *categories: Category, **changes: Any) -> AgreementRequest:
    values: dict[str, Any] = {
        "agency": agency,
        "police": "cell",
        "reference": "ISA/1",
        "purpose": "Care for the people met.",
        "basis": Basis.SAFEGUARDING,
        "categories": categories,
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2027, 1, 1),
    }
    return AgreementRequest(**(values | changes))


def agree(world: World, agency: str, *categories: Category, **changes: Any) -> int:
    """Record it as the cell; returns its number."""
    with world.desk("cell").writing() as work:
        row = add_agreement(work, an_agreement(agency, *categories, **changes))
        work.session.flush()
        return row.id or 0


def concern(world: World, role: str, concerns: str) -> None:
    """What a post of the small catalogue is answered on."""
    with world.database.write() as session:
        session.exec(select(CatalogueRole).where(CatalogueRole.code == role)).one().concerns = concerns
