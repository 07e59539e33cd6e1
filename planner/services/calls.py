"""A gate that falls in the last hours calls those in command, instead of un-authorising teams that may be moving."""

from sqlmodel import col, select

from planner.models.last_hours import LastHoursCall
from planner.models.operations import Action
from planner.rules.dates import when_words
from planner.rules.words import Post
from planner.services.authorisers import authorisers
from planner.services.leads import holders
from planner.work import Look, Work


def call_contacts(work: Work, action: Action, why: str) -> None:
    """Gold, Silver and whoever is on call are told at once; one call stays open until it is answered."""
    said = why[:1].upper() + why[1:]
    row = open_call(work, action.id or 0)
    if row is not None and row.sentence == said:
        return
    if row is None:
        row = LastHoursCall(action_id=action.id or 0, sentence=said, called_at=work.now)
    row.sentence = said
    work.session.add(row)
    when = when_words(action.starts_at, action.ends_at)
    sentence = f"{action.reference} ({when}): {said} Say continue or hold; until then the go-ahead stands."
    work.record_action("call_contacts", sentence, action)
    for person_id in contacts_of(work, action):
        work.notify(
            sentence,
            person_id=person_id,
            action_id=action.id,
            outside="Something fell short of an action that is about to begin. Your word is needed now.",
            path="/",
        )


def contacts_of(work: Work, action: Action) -> list[int]:
    """The named contacts: the force's Gold and Silver, and who may give go-aheads in Gold's place."""
    force = holders(work, (Post.GOLD, Post.SILVER), action.operation_id, action.force_id)
    return sorted({*force, *(each.person_id or 0 for each in authorisers(work, action))})


def open_call(look: Look, action_id: int) -> LastHoursCall | None:
    """The call that nobody answered yet."""
    query = select(LastHoursCall).where(LastHoursCall.action_id == action_id, col(LastHoursCall.answer).is_(None))
    return look.session.exec(query.order_by(col(LastHoursCall.id).desc())).first()
