"""Every cell of the table of access: the post that may, does; who lacks the post or the relation changes nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from planner.db import Database, Table
from planner.errors import NotAllowed, NotFound
from planner.models.records import RecordLine
from planner.rules.access import TABLE, Relation, Verb
from planner.rules.words import Outcome, Post
from planner.work import Desk, Work, append_to_record
from tests.builders import NOW, World, a_world
from tests.strangers import verbs
from tests.strangers.scene import MISSING, NO_SUCH_NUMBER, Scene, set_scene
from tests.strangers.seats import Seat, take_seats
from tests.strangers.verbs_of_care import CARE
from tests.strangers.verbs_of_charter import CHARTER
from tests.strangers.verbs_of_command import COMMAND
from tests.strangers.verbs_of_conferences import CONFERENCES
from tests.strangers.verbs_of_directory import DIRECTORY
from tests.strangers.verbs_of_groups import GROUPS
from tests.strangers.verbs_of_hours import HOURS
from tests.strangers.verbs_of_partners import PARTNERS
from tests.strangers.verbs_of_planning import PLANNING

# One verb of the services for each verb of the table; what is only seen stands in test_matrix_of_pages.
TRIED_BY = {
    Verb.PLAN: "move_action",
    Verb.SET_DEMAND: "set_demand",
    Verb.SET_LEGAL_BASIS: "set_legal_basis",
    Verb.OFFER_ROLE: "offer_role",
    Verb.ANSWER_OFFER: "answer_offer",
    Verb.ANSWER_CONDITION: "answer_condition",
    Verb.ARRANGE: "confirm_arrangement",
    Verb.HOLD_PLACES: "hold_places",
    Verb.OPEN_PLACES: "open_places",
    Verb.ANSWER_HOLD: "confirm_hold",
    Verb.SET_TERMS: "keep_unit_terms",
    Verb.NAME_STAND_IN: "name_stand_in",
    Verb.SET_RESERVE: "set_reserve",
    Verb.SET_STRIKE_DAY: "set_strike_day",
    Verb.DECIDE_PLACES: "decide_places",
    Verb.CONVENE: "convene",
    Verb.SET_STANDING_GROUP: "set_group",
    Verb.RECORD_CONFERENCE: "add_undertaking",
    Verb.ANSWER_INVITATION: "answer_invitation",
    Verb.SET_AGENDA: "set_template",
    Verb.ACCEPT_CONFIDENTIALITY: "accept_confidentiality",
    Verb.RECEIVE_MINUTES: "receive_minutes",
    Verb.CLOSE_UNDERTAKING: "close_undertaking",
    Verb.CLEAR_CLASH: "run_clash_check",
    Verb.REQUEST_GO_AHEAD: "take_back_request",
    Verb.GIVE_GO_AHEAD: "give_go_ahead",
    Verb.TYPE_GO_AHEAD: "type_go_ahead",
    Verb.OVERRIDE: "override_check",
    Verb.DELEGATE: "offer_delegation",
    Verb.HOLD_COMMAND: "take_command",
    Verb.BEGIN: "begin_action",
    Verb.HOLD: "hold_action",
    Verb.ENTER_FOR_DANGER: "enter_for_danger",
    Verb.COUNT_PEOPLE: "count_people",
    Verb.COUNT_OUTCOMES: "keep_outcomes",
    Verb.LIMIT: "close_to",
    Verb.FOUND_OPERATION: "create_operation",
    Verb.SET_PHASES: "set_phases",
    Verb.REMARK_OPERATION: "remark_operation",
    Verb.HOLD_RECORDS: "set_legal_hold",
    Verb.ALLOW_FEEDS: "allow_feeds",
    Verb.WRITE_CHARTER: "draft_charter",
    Verb.ACKNOWLEDGE_CHARTER: "acknowledge_charter",
    Verb.SET_OBJECTIVES: "set_objectives",
    Verb.SET_POLICY: "set_policy",
    Verb.TIGHTEN_POLICY: "tighten_policy",
    Verb.ASK_PAUSE: "ask_pause",
    Verb.LOG_DECISION: "log_decision",
    Verb.ANSWER_PAUSE: "answer_pause",
    Verb.APPOINT: "appoint",
    Verb.MANAGE_DIRECTORY: "add_agreement",
    Verb.REVISE_ROLES: "revise_role",
    Verb.SET_AVAILABILITY: "set_availability",
    Verb.DISCLOSE: "disclose_urgently",
    Verb.MANAGE_ACCOUNTS: "close_account",
}
BY_NAME = {
    item.name: item
    for item in (*PLANNING, *PARTNERS, *CARE, *CHARTER, *COMMAND, *CONFERENCES, *GROUPS, *HOURS, *DIRECTORY)
}
CALLS = {verb: BY_NAME[name] for verb, name in TRIED_BY.items()}
# A check that finds nothing new changes nothing but its time.
CALLS[Verb.CLEAR_CLASH] = replace(CALLS[Verb.CLEAR_CLASH], at=NOW + verbs.HOUR)
# Everybody may know these by name; all else is an action's, a booking's, an offer's.
OPEN_NAMES = ("account", "agency", "own_agency", "operation", "person", "region", "unit")
RECORD_ALONE = ("log_decision",)  # an entry of the log is a line of the record and nothing else
UNTOUCHED = ("recordline", "recordhead", "notice")
STAGES: dict[Callable[[World, Scene], Scene], list[Verb]] = {}
for _verb, _call in CALLS.items():
    STAGES.setdefault(_call.before, []).append(_verb)


class Undone(Exception):
    """What was allowed is taken back, so that the next cell finds the scene as it was."""


def dump(session: Session) -> dict[str, list[str]]:
    """Every row of every table but the record and what people are told."""
    session.flush()
    tables = (table for table in Table.metadata.sorted_tables if table.name not in UNTOUCHED)
    return {table.name: sorted(map(repr, session.execute(sa.select(table)))) for table in tables}


def dumped(world: World) -> dict[str, list[str]]:
    with world.database.read() as session:
        return dump(session)


def recorded(session: Session, outcome: Outcome) -> int:
    query = select(func.count()).select_from(RecordLine).where(col(RecordLine.outcome) == outcome)
    return int(session.exec(query).one())


def refusals(world: World) -> int:
    with world.database.read() as session:
        return recorded(session, Outcome.REFUSED)


@contextmanager
def taken_back(desk: Desk) -> Iterator[Work]:
    """A write transaction that is rolled back once all in it went well."""
    with suppress(Undone), desk.writing() as work:
        yield work
        raise Undone


def does(world: World, seat: Seat, call: verbs.Verb, about: Any) -> None:
    """The verb changes something and stands in the record as done; then all of it is taken back."""
    with taken_back(world.desk(seat.name, call.at)) as work:
        before, done = dump(work.session), recorded(work.session, Outcome.DONE)
        call.call(work, about)
        append_to_record(work)
        assert dump(work.session) != before or call.name in RECORD_ALONE, (call.name, seat.name)
        assert recorded(work.session, Outcome.DONE) > done, (call.name, seat.name)


def refused(world: World, seat: Seat, call: verbs.Verb, about: Any) -> str:
    """The words of the refusal, which stands in the record as one."""
    before = refusals(world)
    with pytest.raises((NotAllowed, NotFound)) as answer, world.desk(seat.name, call.at).writing() as work:
        call.call(work, about)
    assert refusals(world) == before + 1, (call.name, seat.name)
    return f"{type(answer.value).__name__}: {answer.value}"


def may_know(seat: Seat, about: str) -> bool:
    """Whether the thing is visible to the seat: then it is told why not, otherwise what is said of nothing."""
    if about in OPEN_NAMES:
        return True
    return seat.meets(TABLE[Verb.SEE_ACTIONS].get(seat.post))


def test_every_verb_of_the_table_is_tried() -> None:
    seen = {verb for verb in Verb if verb.name.startswith("SEE_")}

    assert set(Verb) - seen == set(TRIED_BY)
    assert set(TABLE) == set(Verb)
    assert {relation for row in TABLE.values() for relation in row.values()} == set(Relation)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: getattr(stage, "__name__", "stage").strip("_<>"))
def test_every_cell_does_what_the_table_says(database: Database, stage: Callable[[World, Scene], Scene]) -> None:
    world = a_world(database)
    now = stage(world, set_scene(world))
    seats = take_seats(world)
    kept, counted = dumped(world), Counter[str]()

    for verb in STAGES[stage]:
        call = CALLS[verb]
        real, missing = now[call.about], MISSING.get(call.about, NO_SUCH_NUMBER)
        for seat in seats:
            if seat.meets(TABLE[verb].get(seat.post)):
                does(world, seat, call, real)
                counted["allowed"] += 1
                continue
            said = refused(world, seat, call, real)
            counted["denied"] += 1
            if not may_know(seat, call.about):
                assert said == refused(world, seat, call, missing).replace(str(missing), str(real)), (verb, seat.name)
                counted["answered like nothing"] += 1
        assert dumped(world) == kept, verb

    print(f"{stage.__name__}: {dict(counted)}")
    assert min(counted[what] for what in ("allowed", "denied", "answered like nothing")) > 0


def test_every_post_with_every_wrong_relation_is_tried(database: Database) -> None:
    seats = take_seats(_with_scene(database))
    tried = {(seat.post, seat.how) for seat in seats}

    cells = [(verb, post, relation) for verb, row in TABLE.items() for post, relation in row.items()]
    for _, post, relation in cells:
        met = [seat for seat in seats if seat.post is post and seat.meets(relation)]
        unmet = [seat for seat in seats if seat.post is post and not seat.meets(relation)]
        assert met
        assert unmet or relation is Relation.ANY
    assert {post for post, _ in tried} == set(Post)


def _with_scene(database: Database) -> World:
    world = a_world(database)
    set_scene(world)
    return world
