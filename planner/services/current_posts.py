"""Posts as they are asked for now: the catalogue's latest versions, for the actions they serve."""

from sqlmodel import col, select

from planner.errors import NotFound, Refused
from planner.models.directory import Region
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.rules.catalogue import serves
from planner.work import Look, Work


def latest_role(look: Look, code: str) -> CatalogueRole:
    """The latest version of a post, which may be retired."""
    query = select(CatalogueRole).where(CatalogueRole.code == code).order_by(col(CatalogueRole.version).desc())
    role = look.session.exec(query).first()
    if role is None:
        raise NotFound(f"There is no post {code} in the role catalogue.")
    return role


def role_asked_for(look: Look, code: str) -> CatalogueRole:
    """The latest version of a post that is asked for; Refused when it is retired."""
    role = latest_role(look, code)
    if role.retired_at is not None:
        raise Refused(f"{role.title} is retired from the catalogue: {role.reason} Ask for another post.")
    return role


def check_serves(work: Work, action: Action, role: CatalogueRole) -> None:
    """Refuse a post that the catalogue keeps for other kinds of action or other nations."""
    nation = work.session.get_one(Region, action.region).nation
    if serves(role.action_kinds, role.nations, action.kind, nation):
        return
    parts = (role.action_kinds, role.nations)
    only = " in ".join(part.replace("|", ", ").replace("_", " ") for part in parts if part)
    here = f"a {action.kind} in {nation.replace('_', ' ').title()}"
    raise Refused(f"{role.title} is a post for {only} alone; {action.reference} is {here}.")
