"""What a post needs to know, what an agreement covers, and the gate's check of the two."""

import pytest

from planner.rules.checks_law import agreements
from planner.rules.findings import State
from planner.rules.role_words import Concern
from planner.rules.sharing import (
    ALWAYS,
    EVERYTHING,
    NEEDED_FOR,
    Category,
    Sharing,
    categories_in,
    categories_words,
    kept_as,
    needed_of,
)
from planner.rules.words import AgencyKind, OfferState
from tests.rules.facts import NGO, an_offer, some_facts

FORCE, OTHER_FORCE = 1, 2
NUMBERS = frozenset({Category.DEMAND})
COVERED = Sharing({NGO: ALWAYS | NUMBERS}, {})
NOTHING = Sharing({}, {})


@pytest.mark.parametrize(
    ("concerns", "needed"),
    [
        (None, set()),
        ("", set()),
        ("time|immigration", set()),
        ("premises", {Category.LOCALITY}),
        ("numbers", {Category.DEMAND}),
        ("languages", {Category.EXPLOITATION}),
        ("children", {Category.CHILDREN}),
        ("numbers|children|languages|premises", EVERYTHING - ALWAYS),
    ],
)
def test_a_post_needs_what_it_is_answered_on_and_always_logistics(concerns: str | None, needed: set[Category]) -> None:
    assert needed_of(concerns) == ALWAYS | needed


def test_every_concern_leads_to_a_category() -> None:
    assert set(NEEDED_FOR) == set(Concern)


def test_categories_are_kept_in_one_order_and_read_back() -> None:
    kept = kept_as([Category.CHILDREN, Category.LOGISTICS, Category.DEMAND])

    assert kept == "demand|children"
    assert categories_in(kept) == {Category.LOGISTICS, Category.DEMAND, Category.CHILDREN}
    assert categories_words(categories_in(kept)) == "numbers by profile, children"
    assert categories_words(ALWAYS) == "logistics"


def test_what_a_force_signed_holds_for_its_own_actions_alone() -> None:
    sharing = Sharing({NGO: ALWAYS}, {(NGO, FORCE): NUMBERS})

    assert sharing.with_agency(NGO, FORCE) == ALWAYS | NUMBERS
    assert sharing.with_agency(NGO, OTHER_FORCE) == ALWAYS
    assert sharing.with_agency(NGO + 1, FORCE) == ALWAYS


@pytest.mark.parametrize(
    ("concerns", "sharing", "state"),
    [
        ("numbers", COVERED, State.MET),
        ("numbers", NOTHING, State.UNMET),
        ("numbers|children", COVERED, State.UNMET),
        ("", NOTHING, State.NOT_NEEDED),
        (None, NOTHING, State.NOT_NEEDED),
        ("immigration", NOTHING, State.NOT_NEEDED),
    ],
)
def test_the_check_asks_for_what_the_post_needs_and_no_more(
    concerns: str | None, sharing: Sharing, state: State
) -> None:
    facts = some_facts(offers=(an_offer(concerns=concerns),), agreed=sharing)

    assert agreements(facts).state is state


def test_the_check_names_who_lacks_what() -> None:
    both = (an_offer(concerns="numbers"), an_offer("reception_lead", id=2, concerns="children|numbers"))

    finding = agreements(some_facts(offers=both, agreed=COVERED))

    assert finding.sentence == (
        "No current agreement for what a post needs to know: Hope (children). Until there is one, it is not shown."
    )


@pytest.mark.parametrize("kind", [AgencyKind.POLICE_FORCE, AgencyKind.NATIONAL_CELL, AgencyKind.REGIONAL_CELL])
def test_police_need_no_agreement_with_themselves(kind: AgencyKind) -> None:
    police, partner = an_offer(concerns="numbers", agency_kind=kind), an_offer(concerns="numbers")

    assert agreements(some_facts(offers=(police,), agreed=NOTHING)).state is State.NOT_NEEDED
    assert agreements(some_facts(offers=(partner,), agreed=NOTHING)).state is State.UNMET


def test_who_has_not_accepted_is_not_asked_about() -> None:
    waiting = an_offer(concerns="numbers", state=OfferState.OFFERED)

    assert agreements(some_facts(offers=(waiting,), agreed=NOTHING)).state is State.NOT_NEEDED
