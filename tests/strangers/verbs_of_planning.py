"""An action's verbs, from its plan to its end."""

from datetime import date
from typing import Any

from planner.inputs.readings import Reading
from planner.models.operations import Action
from planner.rules.on_the_day import Count
from planner.rules.outcomes import SupportOutcome
from planner.rules.sharing import Basis, Category
from planner.rules.words import (
    ActionKind,
    Children,
    Immigration,
    Need,
    Power,
    PremisesKind,
    Profile,
)
from planner.services import (
    actions,
    clashes,
    compartments,
    conduct,
    copying,
    demand,
    details,
    go_ahead,
    importing_actions,
    legal_basis,
    moving,
    on_the_day,
    outcomes,
    outside_checks,
    override_ends,
    safeguarding,
)
from planner.work import Work
from tests.builders import DAWN
from tests.services.test_details import KNOWN
from tests.services.test_importing_actions import ROW
from tests.strangers import scene
from tests.strangers.verbs import HOUR, LATER, MEMBERS, Verb


def _plan(work: Work, force: Any) -> object:
    request = actions.PlanRequest(
        "OP1", force, ActionKind.WARRANT, PremisesKind.RESIDENTIAL, LATER, LATER + HOUR, "plan"
    )
    return actions.plan_action(work, request)


def _law(work: Work, reference: Any) -> object:
    issued_on = date(2026, 11, 1)
    request = legal_basis.LegalRequest(reference, Power.WARRANT, "Warrant", "W/2", issued_on=issued_on)
    return legal_basis.set_legal_basis(work, request)


def _reissue(work: Work, reference: Any) -> object:
    request = legal_basis.LegalRequest(reference, Power.WARRANT, "Warrant", "W/3", issued_on=date(2026, 11, 20))
    return legal_basis.reissue_warrant(work, request)


def _outside(work: Work, reference: Any) -> object:
    request = outside_checks.OutsideCheck(reference, "National tasking desk", "D/1", date(2026, 11, 20), "outside")
    return outside_checks.record_outside_check(work, request)


def _disclose(work: Work, reference: Any) -> object:
    request = safeguarding.DisclosureRequest(
        reference, "health", (Category.CHILDREN,), Basis.VITAL_INTERESTS, "A child may be in danger tonight."
    )
    return safeguarding.disclose_urgently(work, request)


def _outcomes(work: Work, reference: Any) -> object:
    request = outcomes.OutcomesRequest(reference, {SupportOutcome.ENTERED: 1}, DAWN.date())
    return outcomes.keep_outcomes(work, request)


def _import_actions(work: Work, code: Any) -> object:
    return importing_actions.import_actions(work, code, Reading((ROW,), ()))


def _import_and_list(work: Work, code: Any) -> object:
    return importing_actions.import_and_list(work, code, Reading((ROW,), ()), importing_actions.Removal())


def _list_import(work: Work, code: Any) -> object:
    return importing_actions.list_import(work, code, Reading((ROW,), ()))


def _version(work: Work) -> int:

    return work.session.get_one(Action, 1).version


PLANNING = (
    Verb(
        "plan_action",
        "silver",
        "force",
        _plan,
        knows=frozenset({"other_silver"}),
    ),
    Verb(
        "copy_action",
        "silver",
        "action",
        lambda w, x: copying.copy_action(w, copying.CopyRequest(x, LATER, LATER + HOUR, "copy")),
    ),
    Verb("import_actions", "silver", "operation", _import_actions, knows=MEMBERS),
    Verb("import_and_list", "silver", "operation", _import_and_list, knows=MEMBERS),
    Verb("list_import", "silver", "operation", _list_import, knows=MEMBERS),
    Verb(
        "move_action",
        "silver",
        "action",
        lambda w, x: moving.move_action(w, x, LATER, LATER + HOUR, version=_version(w)),
    ),
    Verb("disclose_urgently", "silver", "action", _disclose),
    Verb("set_details", "silver", "action", lambda w, x: details.set_details(w, x, KNOWN)),
    Verb("set_immigration", "silver", "action", lambda w, x: actions.set_immigration(w, x, Immigration.ON_SITE)),
    Verb("stand_down", "silver", "action", lambda w, x: actions.stand_down(w, x, "No longer needed.")),
    Verb(
        "set_demand",
        "silver",
        "action",
        lambda w, x: demand.set_demand(w, x, [demand.Line(Profile.WOMAN, Need.NONE, 1, 1, 1)]),
    ),
    Verb("set_children", "silver", "action", lambda w, x: demand.set_children(w, x, Children.UNKNOWN)),
    Verb("set_legal_basis", "silver", "action", _law),
    Verb("reissue_warrant", "silver", "action", _reissue),
    Verb("run_clash_check", "silver", "action", lambda w, x: clashes.run_clash_check(w, x)),
    Verb("clear_clashes", "silver", "action", lambda w, x: clashes.clear_clashes(w, x, "Duty officer")),
    Verb(
        "clear_one_clash",
        "silver",
        "action",
        lambda w, x: clashes.clear_one_clash(w, x, "Duty officer", seen="mark"),
        scene.clashing,
    ),
    Verb("record_outside_check", "silver", "action", _outside),
    Verb("request_go_ahead", "silver", "action", lambda w, x: go_ahead.request_go_ahead(w, x)),
    Verb("take_back_request", "silver", "action", lambda w, x: go_ahead.take_back_request(w, x)),
    Verb("answer_not_yet", "gold", "action", lambda w, x: go_ahead.answer_not_yet(w, x, "No conference yet.")),
    Verb("give_go_ahead", "gold", "action", lambda w, x: go_ahead.give_go_ahead(w, x)),
    Verb("reaffirm_go_ahead", "gold", "action", lambda w, x: go_ahead.reaffirm_go_ahead(w, x), scene.suspend),
    Verb(
        "withdraw_go_ahead",
        "gold",
        "action",
        lambda w, x: go_ahead.withdraw_go_ahead(w, x, "New information."),
        scene.give,
    ),
    Verb(
        "override_check",
        "gold",
        "action",
        lambda w, x: go_ahead.override_check(w, go_ahead.OverrideRequest(x, "transport", "Vans of the force will do.")),
        scene.unmet,
    ),
    Verb(
        "take_back_override",
        "gold",
        "action",
        lambda w, x: override_ends.take_back_override(w, x, "transport", "Vans of the force will not do."),
        scene.overridden,
    ),
    Verb(
        "begin_action",
        "silver",
        "action",
        lambda w, x: conduct.begin_action(w, x),
        scene.given_and_checked,
        DAWN,
    ),
    Verb(
        "finish_action",
        "silver",
        "action",
        lambda w, x: conduct.finish_action(w, x, entered=True),
        scene.begin,
        DAWN + HOUR,
    ),
    Verb(
        "count_people",
        "silver",
        "action",
        lambda w, x: on_the_day.count_people(w, on_the_day.CountRequest(x, Count.ENCOUNTERED, "tap")),
        scene.begin,
        DAWN + HOUR,
    ),
    Verb(
        "explain_counts",
        "silver",
        "action",
        lambda w, x: on_the_day.explain_counts(w, x, "Nobody was encountered.", last_tap=0),
        scene.begin,
        DAWN + HOUR,
    ),
    Verb("keep_outcomes", "care_lead", "action", _outcomes, scene.begin, DAWN + HOUR),
    Verb("close_to", "gold", "action", lambda w, x: compartments.close_to(w, x, ["Silver, West Midlands"])),
    Verb("open_again", "gold", "action", lambda w, x: compartments.open_again(w, x), scene.closed),
    Verb(
        "list_anew",
        "cell",
        "action",
        lambda w, x: compartments.list_anew(w, x, ["Silver, West Midlands"], "Gold has left."),
        scene.orphaned,
    ),
    Verb("defer_action", "silver", "action", lambda w, x: conduct.defer_action(w, x, "The weather.")),
)
