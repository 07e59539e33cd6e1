"""Names that no text need be questioned for: agencies, regions, posts of the catalogue.

Names that not everybody may see stay out (providers, units, operations, people's titles): a text that is let
through must not tell its writer that they exist.
"""

from sqlmodel import Session, col, select

from planner.models.directory import Agency, Region
from planner.models.reference import CatalogueRole
from planner.rules.words import AgencyKind


def known_names(session: Session) -> frozenset[str]:
    """Read only when a text is in doubt."""
    agencies = session.exec(select(Agency.name).where(Agency.kind != AgencyKind.CARE_PROVIDER))
    regions = session.exec(select(Region.name))
    return frozenset([*agencies, *regions, *session.exec(select(col(CatalogueRole.title)))])
