"""Conditions of an acceptance: Silver answers, the partner agrees or not; one that was broken is told to Gold."""

from planner.access import Verb, lock_action
from planner.errors import InputError, NotFound, Refused
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.models.roles import Condition, RoleOffer
from planner.rules.dates import when_words
from planner.rules.words import ConditionState, OfferState, Post
from planner.services.answers import is_own, lock_offer, tell_lead, visible_or_missing
from planner.services.gate import reconsider
from planner.services.leads import holders
from planner.services.names import agency_words_of
from planner.services.texts import needed_text, said_text
from planner.work import Work

NO_CONDITION = "There is no such condition, or none that you can open."
ANSWERED_OUTSIDE = "A condition of yours was answered."


def answer_condition(work: Work, condition_id: int, *, met: bool, answer: str) -> None:
    """Silver says whether a condition is met; a refused one undoes the acceptance until the partner accepts anew."""
    action, offer, condition = _lock_for_planners(work, condition_id)
    said = needed_text(answer, "What was done about the condition" if met else "Why the condition cannot be met")
    condition.state = ConditionState.MET if met else ConditionState.REFUSED
    condition.changed_to, condition.confirmed_at = None, None
    _answered(work, condition, said)
    _tell(work, action, offer, "answer_condition", f"Condition {condition.state}: {condition.text} Answer: {said}")


def change_condition(work: Work, condition_id: int, *, changed_to: str, answer: str) -> None:
    """Silver offers another wording; the condition stays open until the partner agrees to it."""
    action, offer, condition = _lock_for_planners(work, condition_id)
    wording = needed_text(changed_to, "The other wording")
    said = needed_text(answer, "Why it is worded so")
    condition.state, condition.changed_to, condition.confirmed_at = ConditionState.RAISED, wording, None
    _answered(work, condition, said)
    sentence = f"Condition: {condition.text} Offered instead: {wording} Because: {said}"
    _tell(work, action, offer, "change_condition", sentence)


def _lock_for_planners(work: Work, condition_id: int) -> tuple[Action, RoleOffer, Condition]:
    condition = work.session.get(Condition, condition_id)
    offer = work.session.get(RoleOffer, condition.offer_id) if condition else None
    found = work.session.get(Action, offer.action_id) if offer else None
    work.attempts("answer_condition", f"condition {condition_id}")
    if condition is None or offer is None or found is None:
        raise NotFound(NO_CONDITION)
    visible_or_missing(work, found, NO_CONDITION)
    action = lock_action(work, found.reference, Verb.ANSWER_CONDITION)
    kept = work.session.get(Condition, condition_id, populate_existing=True)
    if kept is None or kept.state is ConditionState.REFUSED:
        raise Refused("This condition is refused already: the partner must accept anew.")
    return action, work.session.get_one(RoleOffer, offer.id, populate_existing=True), kept


def _answered(work: Work, condition: Condition, said: str) -> None:
    condition.answer, condition.answered_by, condition.answered_at = said, work.actor.person_id, work.now
    work.session.add(condition)


def _tell(work: Work, action: Action, offer: RoleOffer, verb: str, sentence: str) -> None:
    work.record_action(verb, sentence, action, offer=offer.id)
    role = work.session.get_one(CatalogueRole, offer.role_id).title
    told = f"{role}, {when_words(action.starts_at, action.ends_at)}. {sentence}"
    tell_lead(work, offer, told, outside=ANSWERED_OUTSIDE)
    reconsider(work, [action.id or 0], because=sentence)


def confirm_condition(work: Work, condition_id: int, *, agrees: bool, why: str = "") -> None:
    """The partner says whether the answer will do; where it will not, the condition is open again."""
    action, offer, condition = _lock_for_partner(work, condition_id)
    if condition.answer is None or condition.state is ConditionState.REFUSED:
        raise Refused("The planners have not answered this condition yet. You are told when they do.")
    said = said_text(why, "The reason")
    if not agrees and not said:
        raise InputError("Say in a few words what is still missing: Silver reads it.")
    if agrees:
        condition.text, condition.changed_to = condition.changed_to or condition.text, None
        condition.state, condition.confirmed_at = ConditionState.MET, work.now
    else:
        condition.state, condition.answer, condition.changed_to = ConditionState.RAISED, None, None
        condition.confirmed_at = None
    work.session.add(condition)
    agency = agency_words_of(work, offer.agency_id)
    verdict = "agrees to the answer" if agrees else f"says that it will not do: {said}"
    sentence = f"{agency} {verdict} Condition: {condition.text}"
    work.record_action("confirm_condition", sentence, action, offer=offer.id)
    if not agrees:
        for person in holders(work, (Post.SILVER,), action.operation_id, action.force_id):
            work.notify(f"{action.reference}: {sentence}", person_id=person, action_id=action.id)
    reconsider(work, [action.id or 0], because=sentence)


def report_broken(work: Work, condition_id: int, text: str) -> None:
    """Afterwards a partner says that a condition it came under was not kept; Gold and Silver are told at once."""
    action, offer, condition = _lock_for_partner(work, condition_id)
    if work.now < action.starts_at:
        raise Refused("The action is still to come. If a condition is not met, say so to the planners now.")
    if condition.broken_at is not None:
        raise Refused("This condition is reported as broken already.")
    said = needed_text(text, "What happened")
    condition.broken_text, condition.broken_at, condition.broken_by = said, work.now, work.actor.person_id
    work.session.add(condition)
    agency = agency_words_of(work, offer.agency_id)
    sentence = f"{agency} reports a broken condition. It was: {condition.text} What happened: {said}"
    work.record_action("report_broken", sentence, action, offer=offer.id)
    told = {
        *holders(work, (Post.GOLD, Post.SILVER), action.operation_id, action.force_id),
        *holders(work, (Post.NATIONAL_GOLD,), action.operation_id),
    }
    for person in sorted(told):
        work.notify(f"{action.reference}: {sentence}", person_id=person, action_id=action.id)


def _lock_for_partner(work: Work, condition_id: int) -> tuple[Action, RoleOffer, Condition]:
    """Only the lead or deputy of the offer; anybody else learns nothing of the condition."""
    work.attempts("confirm_condition", f"condition {condition_id}")
    found = work.session.get(Condition, condition_id)
    offer = work.session.get(RoleOffer, found.offer_id) if found else None
    if found is None or offer is None or not is_own(work, offer):
        raise NotFound(NO_CONDITION)
    action, offer = lock_offer(work, offer.id or 0, None, verb="confirm_condition")
    kept = work.session.get(Condition, condition_id, populate_existing=True)
    if kept is None or offer.state is not OfferState.ACCEPTED_WITH_CONDITIONS:
        raise Refused("This condition no longer stands: the offer was answered anew or withdrawn.")
    return action, offer, kept
