"""Urgent disclosure to safeguard somebody: made by voice, with or without an agreement; that it was made is kept."""

from collections.abc import Collection
from dataclasses import dataclass

from planner.access import Verb, agency_named, lock_action
from planner.errors import InputError
from planner.models.disclosures import UrgentDisclosure
from planner.rules.sharing import ALWAYS, BASIS_WORDS, Basis, Category, categories_words, kept_as
from planner.services.names import agency_within
from planner.services.texts import needed_text
from planner.work import Work

DISCLOSED = "disclose_urgently"


@dataclass(frozen=True)
class DisclosureRequest:
    """To whom (by code), what kinds of information, on what law and why; never the information itself."""

    reference: str
    agency: str
    categories: Collection[Category]
    basis: Basis
    reason: str

    def __post_init__(self) -> None:
        if not set(self.categories) - ALWAYS:
            raise InputError("Say what was disclosed: one kind of information at least. Logistics needs no disclosure.")


def disclose_urgently(work: Work, request: DisclosureRequest) -> None:
    """Keep that an agency was told what no agreement covers, on what law and why; it stands among disclosures.

    Sources: DPA 2018, s. 62 (logging of disclosure) and Sch. 1, para. 18; UK GDPR, Art. 6(1)(d).
    """
    action = lock_action(work, request.reference, Verb.DISCLOSE)
    agency = agency_named(work, request.agency)
    why = needed_text(request.reason, "The reason for the disclosure")
    work.session.add(
        UrgentDisclosure(
            action_id=action.id or 0,
            agency_id=agency.id or 0,
            covers=kept_as(request.categories),
            basis=request.basis,
            reason=why,
            made_at=work.now,
            made_by=work.actor.person_id,
        )
    )
    what, basis = categories_words(request.categories), BASIS_WORDS[request.basis]
    sentence = f"Told urgently to {agency_within(agency)}, to safeguard: {what}. Basis: {basis}. Why: {why}"
    work.record_action(DISCLOSED, sentence, action, reason=why, basis=request.basis, agency=agency.code)
