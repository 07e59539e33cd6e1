"""Of whom it is kept where they are reached: oneself, or an agency by the cell; locked, so that it can be changed."""

from planner.access import Verb, agency_named, require
from planner.errors import NotFound
from planner.models.directory import Agency, Person
from planner.work import Work


def own_row(work: Work) -> Person:
    """Oneself in the directory."""
    if work.actor.person_id is None:
        raise NotFound("You are not in the directory. Ask the cell.")
    return work.session.get_one(Person, work.actor.person_id, with_for_update=True, populate_existing=True)


def kept_agency(work: Work, code: str) -> Agency:
    """An agency, for who keeps the directory."""
    require(work, Verb.MANAGE_DIRECTORY, ref=code)
    found = agency_named(work, code)
    return work.session.get_one(Agency, found.id, with_for_update=True, populate_existing=True)
