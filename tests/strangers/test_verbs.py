"""Every verb refuses whoever it is not for, in the words it has for what does not exist, and keeps the attempt."""

import importlib
import inspect
import pkgutil
from typing import Any

import pytest
from sqlmodel import col, func, select

from planner import services
from planner.errors import NotAllowed, NotFound
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from planner.work import Work
from tests.builders import World
from tests.strangers.scene import MISSING, NO_SUCH_NUMBER, Scene
from tests.strangers.verbs import Verb
from tests.strangers.verbs_of_care import CARE
from tests.strangers.verbs_of_charter import CHARTER
from tests.strangers.verbs_of_command import COMMAND
from tests.strangers.verbs_of_conferences import CONFERENCES
from tests.strangers.verbs_of_directory import DIRECTORY
from tests.strangers.verbs_of_groups import GROUPS
from tests.strangers.verbs_of_hours import HOURS
from tests.strangers.verbs_of_partners import PARTNERS
from tests.strangers.verbs_of_planning import PLANNING
from tests.strangers.verbs_of_slips import SLIPS

VERBS = (*PLANNING, *PARTNERS, *CARE, *CHARTER, *COMMAND, *CONFERENCES, *GROUPS, *HOURS, *DIRECTORY, *SLIPS)
OUTSIDERS = ("stranger", "partner", "provider", "other_silver", "other_provider")
# Steps inside a verb: they stand behind its decision and are called by no page, command or route.
STEPS = {
    *("lock_open_action", "lock_open_actions", "asked_of", "check_eligible", "lock_unit", "same_request", "write_hold"),
    *(
        "actions_served",
        "claim",
        "delete_expired",
        "end",
        "end_all",
        "lock_hold",
        "lock_numbers",
        "operation_of",
        "tell",
        "check_clashes",
    ),
    *(
        "drop_clashes",
        "lock_conference",
        "meet_now",
        "remind_of",
        "spend",
        "spend_warrant",
        "keep_warrant",
        "follow_clashes",
        "keep_pairs",
        "judge_again",
        "write_holds",
        "places_of_all",
        "person_titled",
        "asked_on",
        "ask_concerned",
        "follow_move",
        "tell_partners",
        "tell_providers",
        "agency_words_of",
        "keep_only",
        "places_of",
        "release_part",
        "still_wanted",
        "follow_confirmed",
        "wanted_now",
        "return_places",
        "booked_words",
        "lock_served",
        "lock_reserves",
        "short_notice",
        "refuse_short_notice",
        "tell_waiting",
        "waiting_for",
        "leave",
        "hold_in",
        "leave_when_moved",
        "refuse_silent_leave",
        "tell_planners",
        "requested_of",
        "lock_own_unit",
        "set_supply",
        "check_operation",
        "return_unused",
        "person_words",
        "end_with_lead",
        "seated",
        "refuse_too_late",
        "spend",
        "spend_warrant",
        "keep_warrant",
    ),
    *(
        "ready_now",
        "keep_given",
        "enter",
        "call_contacts",
        "contacts_of",
        "keep_request",
        "refuse_alone",
        "refuse_without_others",
        "compare_drawn",
        "reconsider",
        "lock_given",
        "add_new",
        "origin",
        "add_agency",
        "add_unit",
        "change_agency",
        "keep_provider",
    ),
    *("lock_action_at", "tell_provider", "write_fact", "write_places", "check_training", "lead_for"),
    *(
        "lock_offer",
        "lock_asked",
        "lock_actions",
        "is_own",
        "visible_or_missing",
        "settle_by_commitment",
        "withdraw",
        "tell_lead",
        "role_coded",
    ),
    *("check_serves", "write_agreement", "record_charter", "own_row", "kept_agency"),
    *("carry_out_and_keep", "take_over", "write_demand", "refused_lines"),
    *("carry_out", "move_all", "move_places", "refuse_limits", "set_aside", "told_once"),
    *("partner_leads", "holders", "is_trained", "matching_commitment"),
    *("actor_of", "begin_session", "end_sessions", "go_on", "begin_step", "closed_to", "count_failure", "lock_step"),
    *("use_step", "miss", "factor_is_set", "make_recovery_codes", "count_recovery_codes", "own_account"),
    *(
        "turned_away",
        "let_in",
        "require_fresh",
        "require_proved_actor",
        "revoke_links",
        "check_own",
        "prove_session",
        "keep_only",
        "forget_devices",
    ),
    *("mail_invitations", "mail_change", "group_named", "lock_convened", "keep_answer", "ask_again", "spend"),
    *("keep_availability", "by_another", "as_drawn", "note_look", "mark_conference", "carry_to_conferences"),
}
# Before anybody has a post, and by the clock: a password, a token or the machine decides. `add_account` stands
# beside `add_person`, and whoever calls it asks first for the post.
WITHOUT_A_POST = {
    *(
        "add_account",
        "open_account",
        "reopen_account",
        "add_first_account",
        "sign_in",
        "sign_out",
        "sweep",
        "remind",
        "remind_undertakings",
        "check_all_clashes",
        "tidy_accounts",
        "suspend_unconfirmed",
    ),
    *("offer_totp", "confirm_totp", "answer_totp", "answer_recovery"),
    *("offer_registration", "register", "offer_assertion", "answer_assertion"),
    # One's own account, and nobody else's.
    *("new_recovery_codes", "remove_passkey", "remove_totp", "remember_device", "forget_device", "enter_by_device"),
    *("prove", "change_password"),
    *("accept_invitation", "begin_provider_step", "take_provider_step", "enter_by_identity", "end_by_identity"),
    "set_own_mailbox",
    "set_own_number",
    *("make_feed", "revoke_feed", "revoke_feeds"),
    "suspend_lapsed",
    *("take_turn", "settle_turn"),  # the outbox, by the clock
    *("take_invitation", "settle_invitation", "put_off_invitations", "take_reply", "invite_to_meetings"),
}


def written() -> set[str]:
    """Every public function of the services that writes."""
    found = set()
    for module in pkgutil.iter_modules(services.__path__, "planner.services."):
        home = importlib.import_module(module.name)
        for name, function in inspect.getmembers(home, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters.values()), None)
            if function.__module__ == module.name and not name.startswith("_") and first and first.annotation is Work:
                found.add(name)
    return found


def lines(world: World, outcome: Outcome) -> int:
    with world.desk("cell").reading() as look:
        query = select(func.count()).select_from(RecordLine).where(col(RecordLine.outcome) == outcome)
        return int(look.session.exec(query).one())


def refused(world: World, verb: Verb, who: str, about: Any) -> str:
    """The words in which somebody is refused."""
    with pytest.raises((NotFound, NotAllowed)) as answer, world.desk(who, verb.at).writing() as work:
        verb.call(work, about)
    return f"{type(answer.value).__name__}: {answer.value}"


def test_every_verb_is_tried() -> None:
    tried = {verb.name for verb in VERBS}

    assert written() - STEPS - WITHOUT_A_POST == tried


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_verb_refuses_outsiders_as_if_nothing_were_there_and_serves_its_owner(
    staged: tuple[World, Scene], verb: Verb
) -> None:
    world, scene = staged
    now = verb.before(world, scene)
    real, missing = now[verb.about], MISSING.get(verb.about, NO_SUCH_NUMBER)
    done, denied = lines(world, Outcome.DONE), lines(world, Outcome.REFUSED)
    outsiders = [name for name in OUTSIDERS if name != verb.owner]

    there = {who: refused(world, verb, who, real) for who in outsiders}
    not_there = {who: refused(world, verb, who, missing).replace(str(missing), str(real)) for who in outsiders}

    curious = [who for who in outsiders if who not in verb.knows]
    assert {who: there[who] for who in curious} == {who: not_there[who] for who in curious}
    assert lines(world, Outcome.REFUSED) == denied + 2 * len(outsiders)
    assert lines(world, Outcome.DONE) == done

    with world.desk(verb.owner, verb.at).writing() as work:
        verb.call(work, real)

    assert lines(world, Outcome.DONE) > done
