"""Compartments: an action closed to a list of people, whatever their posts, and opened again."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlmodel import col, select

from planner.access import Verb, lock_orphan, sees
from planner.actors import actor_at
from planner.errors import InputError, Refused
from planner.models.directory import Person
from planner.models.operations import Action, ActionCompartment
from planner.rules.counts import count_words
from planner.services.actions import lock_action_at
from planner.services.directory import person_titled
from planner.services.texts import needed_text
from planner.work import Work

MOST_PEOPLE = 200


def close_to(work: Work, reference: str, titles: Sequence[str], *, version: int | None = None) -> None:
    """Only these people see the action from now on; whoever closes it stays on the list, so that nobody is locked out.

    An action that is closed already gets this list in place of its old one. Partners keep their own offers.
    """
    action = lock_action_at(work, reference, Verb.LIMIT, version=version)
    ids = _ids_of(work, action, titles) | {work.actor.person_id or 0}
    before = set(_listed(work, action))
    if action.compartment and ids == before:
        return
    sentence = f"{reference} is closed to all but {count_words(len(ids), 'person', 'people')}."
    work.record_action("close_to", sentence, action, people=_write_list(work, action, ids))
    _tell(work, reference, ids - before)


def list_anew(work: Work, reference: str, titles: Sequence[str], reason: str) -> None:
    """A new list for a closed action that nobody on its old one can open any more; whoever makes it may stay off it."""
    action = lock_orphan(work, reference)
    why = needed_text(reason, "The reason for a new list")
    ids = _ids_of(work, action, titles)
    if not ids:
        raise InputError("Name at least one person who is to see the action.")
    sentence = (
        f"Nobody on the list of {reference} could open it any more. It is closed to all but "
        f"{count_words(len(ids), 'person', 'people')} now: {why}"
    )
    work.record_action("list_anew", sentence, action, people=_write_list(work, action, ids), reason=why)
    _tell(work, reference, ids)


def open_again(work: Work, reference: str, *, version: int | None = None) -> None:
    """Everybody whose post reaches the action sees it again."""
    action = lock_action_at(work, reference, Verb.LIMIT, version=version)
    if not action.compartment:
        raise Refused(f"{reference} is not closed to a list of people.")
    work.session.execute(sa.delete(ActionCompartment).where(col(ActionCompartment.action_id) == action.id))
    action.compartment = False
    _changed(work, action)
    work.record_action("open_again", f"{reference} is open again to all whose posts reach it.", action)


def _ids_of(work: Work, action: Action, titles: Sequence[str]) -> set[int]:
    """The people of a list: each holds a post that reaches the action."""
    if len(titles) > MOST_PEOPLE:
        raise InputError(f"A list holds {MOST_PEOPLE} people at most; you named {len(titles)}.")
    people = {title: person_titled(work, title) for title in titles}
    for title, person in people.items():
        if not sees(actor_at(work.session, person.id, work.now), action):
            ref = action.reference
            raise Refused(f"{title} holds no post that reaches {ref}. Leave them out, or have them appointed.")
    return {person.id or 0 for person in people.values()}


def _write_list(work: Work, action: Action, ids: Collection[int]) -> list[str]:
    """In place of the old one; the titles of those who are on it."""
    work.session.execute(sa.delete(ActionCompartment).where(col(ActionCompartment.action_id) == action.id))
    work.session.add_all(ActionCompartment(action_id=action.id or 0, person_id=number) for number in ids)
    action.compartment = True
    _changed(work, action)
    return sorted(work.session.exec(select(Person.title).where(col(Person.id).in_(ids))))


def _tell(work: Work, reference: str, ids: Collection[int]) -> None:
    for number in sorted(set(ids) - {work.actor.person_id or 0}):
        work.notify(f"{reference} is closed to a list of people, and you are on it.", person_id=number)


def _listed(work: Work, action: Action) -> Sequence[int]:
    return work.session.exec(select(ActionCompartment.person_id).where(ActionCompartment.action_id == action.id)).all()


def _changed(work: Work, action: Action) -> None:
    """The calendar entry stays as it is: whom it is closed to changes nothing that stands in it."""
    action.version += 1
    work.session.add(action)
