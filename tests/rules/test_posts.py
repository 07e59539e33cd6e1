"""What the catalogue says of a post, each field in the gate: met beside unmet."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from planner.rules.catalogue import Effect, RoleShape, effect_words, serves, what_is_wrong
from planner.rules.checks_law import agreements, legal_basis
from planner.rules.checks_people import roles
from planner.rules.findings import State
from planner.rules.sharing import ALWAYS, Category, Sharing
from planner.rules.values import ConditionFact
from planner.rules.warrants import names_function
from planner.rules.words import ActionKind, AgencyKind, ConditionState, Nation, OfferState
from tests.rules.facts import LEAD, NGO, WARRANT, a_role, an_offer, some_facts


@dataclass(frozen=True)
class Pair:
    """The same facts, once with what a condition asks for and once without it."""

    name: str
    met: dict[str, Any]
    unmet: dict[str, Any]
    says: str = field(default="")


TWO = (an_offer(), an_offer(id=2, agency_id=4))
RAISED = ConditionFact(1, "Travel paid for.", ConditionState.RAISED)
ROLES = (
    Pair("every required post is accepted", {}, {"offers": ()}, "0 of 1 required posts accepted; missing"),
    Pair(
        "an offer is no acceptance",
        {"offers": (an_offer(state=OfferState.ACCEPTED_WITH_CONDITIONS),)},
        {"offers": (an_offer(state=OfferState.OFFERED),)},
        "0 of 1 required posts",
    ),
    Pair(
        "as many accept as are needed",
        {"roles": (a_role(needed=2),), "offers": TWO},
        {"roles": (a_role(needed=2),)},
        "missing: First responder",
    ),
    Pair(
        "each condition is answered",
        {"conditions": (RAISED._replace(state=ConditionState.MET),)},
        {"conditions": (RAISED,)},
        "1 condition to answer: Travel paid for.",
    ),
    Pair(
        "a refused condition undoes the acceptance",
        {
            "offers": (an_offer(state=OfferState.ACCEPTED_WITH_CONDITIONS),),
            "conditions": (RAISED._replace(state=ConditionState.MET),),
        },
        {
            "offers": (an_offer(state=OfferState.ACCEPTED_WITH_CONDITIONS),),
            "conditions": (RAISED._replace(state=ConditionState.REFUSED),),
        },
        "0 of 1 required posts",
    ),
    Pair(
        "a first-responder organisation is there",
        {},
        {"offers": (an_offer(first_responder=False),)},
        "No first-responder organisation of this nation",
    ),
    Pair(
        "it is one of the action's nation",
        {"offers": (an_offer(agency_nation=None),)},
        {"offers": (an_offer(agency_nation=Nation.SCOTLAND),)},
        "No first-responder organisation of this nation",
    ),
    Pair(
        "where it works in several nations, this is one of them",
        {"offers": (an_offer(agency_nation=Nation.WALES, agency_nations="england|wales"),)},
        {"offers": (an_offer(agency_nation=Nation.ENGLAND, agency_nations="wales|scotland"),)},
        "No first-responder organisation of this nation",
    ),
    Pair(
        "an officer trained to recognise a victim is there",
        {},
        {"offers": (an_offer(needs_training=False),)},
        "No post of an officer trained",
    ),
    Pair(
        "the course that was asked for in the offer is in the register",
        {},
        {"trained": frozenset()},
        "course is not in the register",
    ),
    Pair(
        "the course that today's version asks for is in the register",
        {"roles": (a_role(needs_training=True),), "offers": (an_offer(needs_training=False),)},
        {"roles": (a_role(needs_training=True),), "offers": (an_offer(needs_training=False),), "trained": frozenset()},
        "course is not in the register",
    ),
    Pair("no lead is in two places", {}, {"double_booked": frozenset({LEAD})}, "also expected at another action"),
)
NAMED = WARRANT._replace(accompanying="A constable; First responder")
GOES_IN = (an_offer(on_entry=True),)
LEGAL = (
    Pair(
        "a function on entry is named on the warrant",
        {"offers": GOES_IN, "legal": NAMED},
        {"offers": GOES_IN},
        "does not name as accompanying: First responder",
    ),
    Pair(
        "today's version of a required post puts it on entry",
        {"roles": (a_role(on_entry=True),), "legal": NAMED},
        {"roles": (a_role(on_entry=True),)},
        "does not name as accompanying: First responder",
    ),
    Pair("what stays outside need not be named", {}, {"offers": GOES_IN}, "does not name"),
    Pair(
        "the police enter under the warrant itself",
        {"offers": (an_offer(on_entry=True, agency_kind=AgencyKind.POLICE_FORCE),)},
        {"offers": GOES_IN},
        "does not name",
    ),
    Pair(
        "who has not accepted does not go in",
        {"offers": (an_offer(on_entry=True, state=OfferState.OFFERED),)},
        {"offers": GOES_IN},
        "does not name",
    ),
)
ASKED = (an_offer(concerns="numbers"),)
AGREEMENTS = (
    Pair(
        "what a partner's post needs is covered by a current agreement",
        {"offers": ASKED, "agreed": Sharing({NGO: ALWAYS | {Category.DEMAND}}, {})},
        {"offers": ASKED},
        "Hope (numbers by profile)",
    ),
    Pair(
        "the own force needs none",
        {"offers": (an_offer(agency_id=1, agency_kind=AgencyKind.POLICE_FORCE, concerns="numbers"),)},
        {"offers": ASKED},
        "Hope (numbers by profile)",
    ),
    Pair("logistics alone needs none", {}, {"offers": ASKED}, "Hope (numbers by profile)"),
)


@pytest.mark.parametrize("pair", ROLES, ids=lambda pair: pair.name)
def test_a_condition_of_roles(pair: Pair) -> None:
    _both(pair, roles)


@pytest.mark.parametrize("pair", LEGAL, ids=lambda pair: pair.name)
def test_a_condition_of_entry(pair: Pair) -> None:
    _both(pair, legal_basis)


@pytest.mark.parametrize("pair", AGREEMENTS, ids=lambda pair: pair.name)
def test_a_condition_of_agreements(pair: Pair) -> None:
    _both(pair, agreements)


def _both(pair: Pair, check: Any) -> None:
    met, unmet = check(some_facts(**pair.met)), check(some_facts(**pair.unmet))

    assert met.state in (State.MET, State.NOT_NEEDED), met.sentence
    assert unmet.state is State.UNMET
    assert pair.says in unmet.sentence


@pytest.mark.parametrize(
    ("accompanying", "named"),
    [
        ("Port immigration intelligence team lead", True),
        ("an interpreter; PORT IMMIGRATION  intelligence team lead.", True),
        ("port_intelligence_lead", True),
        ("port intelligence lead, interpreter", True),
        ("airport intelligence leader", False),
        ("intelligence lead", False),
        ("", False),
    ],
)
def test_a_warrant_names_a_function_by_its_title_or_its_code(accompanying: str, named: bool) -> None:
    assert names_function(accompanying, "port_intelligence_lead", "Port immigration intelligence team lead") is named


@pytest.mark.parametrize(
    ("kinds", "nations", "there"),
    [
        ("", "", True),
        ("warrant|visit", "", True),
        ("port", "", False),
        ("", "england|wales", True),
        ("", "scotland", False),
        ("warrant", "scotland", False),
    ],
)
def test_a_post_serves_its_kinds_of_action_in_its_nations(kinds: str, nations: str, there: bool) -> None:
    assert serves(kinds, nations, ActionKind.WARRANT, Nation.ENGLAND) is there


SHAPE = RoleShape(("Is there.",), (AgencyKind.NGO,), required=True, needed=1, answer_hours=24)


@pytest.mark.parametrize("least_and_most", [{"needed": 1, "answer_hours": 1}, {"needed": 20, "answer_hours": 240}])
def test_a_version_may_reach_its_bounds(least_and_most: dict[str, int]) -> None:
    assert what_is_wrong(SHAPE._replace(**least_and_most)) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"responsibilities": ()}, "at least one responsibility"),
        ({"agency_kinds": ()}, "at least one kind of agency"),
        ({"needed": 0}, "you asked for 0"),
        ({"needed": 21}, "you asked for 21"),
        ({"answer_hours": 0}, "you gave 0"),
        ({"answer_hours": 241}, "you gave 241"),
    ],
)
def test_a_version_beyond_them_says_which(wrong: dict[str, Any], said: str) -> None:
    assert said in (what_is_wrong(SHAPE._replace(**wrong)) or "")


@pytest.mark.parametrize(
    ("effect", "required", "before", "said"),
    [
        (Effect(12, 3, 0, unseen=False), True, False, "12 planned actions will need this post; 3 of them have it"),
        (Effect(1, 1, 0, unseen=False), True, True, "1 planned action will need this post; 1 of them has it accepted."),
        (Effect(9, 3, 2, unseen=False), True, False, "2 go-aheads without it will be suspended."),
        (Effect(9, 3, 2, unseen=True), True, False, "Actions that are closed to you are not counted here."),
        (Effect(9, 3, 2, unseen=False), False, True, "9 planned actions will need this post no longer."),
        (Effect(9, 3, 2, unseen=False), False, False, "No gate will ask for this post"),
    ],
)
def test_what_a_version_does_to_gates_is_said(effect: Effect, required: bool, before: bool, said: str) -> None:
    assert said in effect_words(effect, required=required, before=before)
