"""The gate's legal basis by each verb of the law, read back on the command line as `planner gate --json` tells it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from planner.cli import main
from planner.db import Database
from planner.errors import InputError, Refused
from planner.models.directory import Region
from planner.models.operations import Action, LegalBasis
from planner.models.records import RecordLine
from planner.models.reference import CatalogueRole, WarrantRule
from planner.rules.words import ActionState, Entries, Nation, Power
from planner.services import answers, conduct
from planner.services.clashes import run_clash_check
from planner.services.legal_basis import LegalRequest, reissue_warrant, set_legal_basis
from planner.services.moving import move_action
from planner.work import Work
from tests import ready
from tests.builders import DAWN, NOW, World, a_world, an_action

REFERENCE = ready.REFERENCE
WARRANT = LegalRequest(REFERENCE, Power.WARRANT, "PACE 1984 s.8", "W/1", issued_on=date(2026, 11, 1))
APPLIED = LegalRequest(REFERENCE, Power.WARRANT, "PACE 1984 s.8", "A/1", hearing_at=NOW + timedelta(days=1))
Read = Callable[..., tuple[str, str]]
LATE = datetime(2026, 11, 26, 23, 0, tzinfo=UTC)


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


@pytest.fixture
def read(database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Read:
    """The state and the sentence of the legal basis, with the remedy after an arrow where there is one."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", database.url.render_as_string(hide_password=False))

    def now(at: datetime = NOW) -> tuple[str, str]:
        monkeypatch.setattr("planner.cli.edge.utc_now", lambda: at)
        capsys.readouterr()
        main(["gate", REFERENCE, "--json"])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)[0]
        item = next(item for item in found["findings"] if item["check"] == "legal_basis")
        return item["state"], " → ".join(filter(None, (item["sentence"], item["remedy"])))

    return now


def keep(
    world: World,
    request: LegalRequest,
    verb: Callable[[Work, LegalRequest], None] = set_legal_basis,
    at: datetime = NOW,
) -> None:
    with world.desk("silver", at).writing() as work:
        verb(work, request)


def change(world: World, **values: Any) -> None:
    with world.database.write() as session:
        action = session.exec(select(Action)).one()
        for name, value in values.items():
            setattr(action, name, value)
        session.add(action)


def move_to(world: World, nation: Nation, months: int | None = None) -> None:
    """The region lies in another nation, whose rule says so many months or leaves it to the user."""
    with world.database.write() as session:
        region = session.get_one(Region, "wm")
        region.nation = nation
        rule = {"rule": "-", "confidence": "unverified", "source": "-", "source_date": "-"}
        if session.get(WarrantRule, nation) is None:
            session.add(WarrantRule(nation=nation, months=months, **rule))
        session.add(region)


def recorded(world: World) -> str:
    with world.desk("cell").reading() as look:
        return list(look.session.exec(select(RecordLine).order_by(RecordLine.number)))[-1].sentence  # type: ignore[arg-type]


def test_a_warrant_is_applied_for_then_issued_then_issued_again(world: World, read: Read) -> None:
    an_action(world)
    none = read()
    keep(world, APPLIED)
    applied = read()
    keep(world, replace(WARRANT, issued_on=date(2026, 11, 25)), at=NOW + timedelta(days=1, hours=2))
    issued = read(NOW + timedelta(days=1, hours=2))
    with world.database.write() as session:
        row = session.exec(select(LegalBasis)).one()
        row.spent_at = NOW
        session.add(row)
    spent = read()
    again = replace(WARRANT, reference="W/2", issued_on=date(2026, 11, 25))
    keep(world, again, reissue_warrant, NOW + timedelta(days=1, hours=3))

    assert none == ("not_recorded", "No warrant or other power is recorded. → Silver: record the power.")
    assert applied == (
        "unmet",
        "The warrant is only applied for: it is heard Wed 25 November, 09:00. "
        "→ Silver: enter it once it is issued, or have it heard earlier.",
    )
    assert issued == ("met", "PACE 1984 s.8 stands until Thu 25 February.")
    assert spent[1].startswith("The warrant allows one entry and was spent Tue 24 November, 09:00. → Silver:")
    assert read() == ("met", "PACE 1984 s.8 stands until Thu 25 February.")
    assert recorded(world) == "The warrant of WM-0001 was issued again: W/2 in place of W/1, until 25 February 2027."


@pytest.mark.parametrize(
    ("hearing_at", "at", "said"),
    [
        (DAWN, NOW, "The warrant is applied for and heard Thu 26 November, 06:00, after the action begins."),
        (
            NOW + timedelta(hours=1),
            NOW + timedelta(hours=1),
            "The warrant was to be heard Tue 24 November, 10:00; that it was issued is not recorded.",
        ),
    ],
)
def test_a_hearing_that_is_late_or_over_says_what_helps(
    world: World, read: Read, hearing_at: datetime, at: datetime, said: str
) -> None:
    an_action(world)

    keep(world, replace(APPLIED, hearing_at=hearing_at))

    state, sentence = read(at)
    assert state == "unmet"
    assert sentence.startswith(f"{said} → Silver: ")


def test_what_is_only_applied_for_is_a_warrant_with_a_hearing_to_come(world: World) -> None:
    an_action(world)

    with pytest.raises(InputError, match="Only a warrant is applied for"):
        replace(APPLIED, power=Power.OTHER)
    with pytest.raises(InputError, match="no hearing to come"):
        replace(APPLIED, issued_on=date(2026, 11, 20))
    with pytest.raises(InputError, match="Tue 24 November, 09:00 is over"):
        keep(world, replace(APPLIED, hearing_at=NOW))


def test_a_warrant_is_issued_again_only_after_it_was_issued(world: World) -> None:
    an_action(world)
    again = replace(WARRANT, reference="W/2", issued_on=date(2026, 11, 20))

    with pytest.raises(Refused, match="no warrant that was issued before"):
        keep(world, again, reissue_warrant)
    keep(world, APPLIED)
    with pytest.raises(Refused, match="no warrant that was issued before"):
        keep(world, again, reissue_warrant)
    keep(world, WARRANT)
    with pytest.raises(Refused, match="W/1 of Sun 1 November 2026 is the warrant kept already"):
        keep(world, WARRANT, reissue_warrant)
    with pytest.raises(InputError, match="the new one is not older"):
        keep(world, replace(again, issued_on=date(2026, 10, 31)), reissue_warrant)
    with pytest.raises(InputError, match="has a day of issue"):
        keep(world, APPLIED, reissue_warrant)
    keep(world, again, reissue_warrant)

    with world.desk("cell").reading() as look:
        row = look.session.exec(select(LegalBasis)).one()
    assert (row.reference, row.former_reference, row.spent_at) == ("W/2", "W/1", None)


@pytest.mark.parametrize(
    ("nation", "request_", "state", "said"),
    [
        (Nation.ENGLAND, WARRANT, "met", "PACE 1984 s.8 stands until Mon 1 February."),
        (Nation.WALES, WARRANT, "met", "PACE 1984 s.8 stands until Mon 1 February."),
        (Nation.ENGLAND, replace(WARRANT, statute_months=1), "met", "PACE 1984 s.8 stands until Tue 1 December."),
        (
            Nation.ENGLAND,
            replace(WARRANT, expires_on=date(2026, 11, 25)),
            "unmet",
            "The warrant ends Wed 25 November; the action is planned for Thu 26 November. "
            "→ Silver: move the action or have the warrant issued again.",
        ),
        (
            Nation.NORTHERN_IRELAND,
            replace(WARRANT, statute_months=1),
            "met",
            "PACE 1984 s.8 stands until Tue 1 December.",
        ),
        (
            Nation.OTHER,
            replace(WARRANT, issued_on=None, expires_on=date(2026, 11, 30)),
            "met",
            "PACE 1984 s.8 stands until Mon 30 November.",
        ),
        (
            Nation.ENGLAND,
            LegalRequest(REFERENCE, Power.OTHER, "PACE 1984 s.17", "O/1"),
            "met",
            "PACE 1984 s.17 stands until the end of the power.",
        ),
        (
            Nation.ENGLAND,
            LegalRequest(REFERENCE, Power.CONSENT, "Written consent", "C/1", expires_on=date(2026, 11, 25)),
            "unmet",
            "The power ends Wed 25 November; the action is planned for Thu 26 November. "
            "→ Silver: move the action or have the warrant issued again.",
        ),
    ],
)
def test_each_nation_has_its_own_life_of_a_power(
    world: World, read: Read, nation: Nation, request_: LegalRequest, state: str, said: str
) -> None:
    """PACE 1984 s.16(3) counts in England and Wales; in the other nations the user enters the day."""
    an_action(world)
    move_to(world, nation, 3 if nation is Nation.WALES else None)

    keep(world, request_)

    assert read() == (state, said)


def test_a_search_that_outlasts_the_warrant_is_told(world: World, read: Read) -> None:
    """PACE 1984 s.16(3) speaks of entry and search."""
    an_action(world, starts_at=LATE, ends_at=LATE + timedelta(hours=1))
    keep(world, replace(WARRANT, expires_on=date(2026, 11, 26), hour_reason="They sleep there by day."))
    until_midnight = read()

    change(world, ends_at=LATE + timedelta(hours=2))

    assert until_midnight[0] == "met"
    assert read()[1].startswith("The warrant ends Thu 26 November; the action goes on until Fri 27 November, 01:00.")


def test_a_warrant_that_ends_before_the_action_is_told_by_the_gate_and_a_move_back_mends_it(
    world: World, read: Read
) -> None:
    later = DAWN + timedelta(days=70)
    an_action(world, starts_at=later, ends_at=later + timedelta(hours=3))
    keep(world, WARRANT)

    planned = read()
    with world.desk("silver").writing() as work:
        move_action(work, REFERENCE, DAWN, DAWN + timedelta(hours=3), version=2)

    assert planned[0] == "unmet"
    assert planned[1].startswith("The warrant ends Mon 1 February; the action is planned for Thu 4 February.")
    assert read()[0] == "met"


def test_an_entry_at_night_asks_for_a_reason(world: World, read: Read) -> None:
    """PACE 1984 s.16(4)."""
    an_action(world, starts_at=DAWN - timedelta(minutes=1))
    keep(world, WARRANT)
    without = read()

    keep(world, replace(WARRANT, hour_reason="The workers leave at six."))

    assert without[1].startswith("Entry at 05:59 has no reason for the hour. → Silver:")
    assert read()[0] == "met"


def test_the_procurator_fiscals_direction_is_a_step_in_scotland_alone(world: World, read: Read) -> None:
    an_action(world)
    keep(world, WARRANT)
    in_england = read()
    move_to(world, Nation.SCOTLAND)
    warrant = replace(WARRANT, expires_on=date(2026, 12, 31))
    keep(world, warrant)
    unasked = read()
    keep(world, replace(warrant, direction_asked_on=date(2026, 11, 20)))
    asked, said = read(), recorded(world)
    given = {"direction_given_on": date(2026, 11, 23), "direction_reference": "PF/1"}
    keep(world, replace(warrant, direction_asked_on=date(2026, 11, 20), **given))

    assert in_england[0] == "met"
    assert unasked[1] == ("The procurator fiscal's direction is not recorded. → Silver: ask for it, and record when.")
    assert asked[1].startswith("The procurator fiscal's direction was asked for Fri 20 November and is not given.")
    assert said.endswith("The procurator fiscal's direction was asked for Fri 20 November.")
    assert recorded(world).endswith("The procurator fiscal's direction is given, Mon 23 November.")
    assert read()[0] == "met"


def test_a_direction_is_given_after_it_was_asked_for_and_by_reference(world: World) -> None:
    an_action(world)

    with pytest.raises(InputError, match="has a reference"):
        replace(WARRANT, direction_given_on=date(2026, 11, 23))
    with pytest.raises(InputError, match="before it was asked for"):
        replace(
            WARRANT,
            direction_reference="PF/1",
            direction_asked_on=date(2026, 11, 23),
            direction_given_on=date(2026, 11, 22),
        )
    with pytest.raises(InputError, match="Wed 25 November 2026 is still to come"):
        keep(world, replace(WARRANT, direction_asked_on=date(2026, 11, 25)))


def test_several_premises_or_all_of_them_ask_for_an_authority(world: World, read: Read) -> None:
    """PACE 1984 s.16(3A): premises that an all premises warrant does not specify, on an inspector's authority."""
    an_action(world)
    keep(world, WARRANT)
    one = read()
    change(world, premises_count=3)
    three = read()
    keep(world, replace(WARRANT, premises_authority=True))
    authorised = read()
    change(world, premises_count=1)
    keep(world, replace(WARRANT, all_premises=True))

    assert (one[0], authorised[0]) == ("met", "met")
    assert three[1].startswith("The action is at 3 premises, and that the warrant covers each of them is not recorded.")
    assert read()[1].startswith("The warrant is for all premises, and that each of them is authorised is not recorded.")


def test_who_goes_in_is_named_on_the_warrant(world: World, read: Read) -> None:
    """PACE 1984 s.16(2): others may accompany only where the warrant says so; the force enters under it anyway."""
    offers, _ = ready.make_ready(world)
    with world.database.write() as session:
        for role in session.exec(select(CatalogueRole)):
            role.on_entry = True
            session.add(role)
    unnamed = read()

    keep(world, replace(WARRANT, accompanying="First responder"))
    one_left = read()
    keep(world, replace(WARRANT, accompanying="First responder; medical_lead"))
    named = read()
    with world.desk("health").writing() as work:
        answers.withdraw_acceptance(work, offers["medical_lead"], reason="We have nobody.")
    keep(world, replace(WARRANT, accompanying="First responder"))

    assert unnamed[1].startswith("The warrant does not name as accompanying: First responder, Medical lead. → Silver:")
    assert one_left[1].startswith("The warrant does not name as accompanying: Medical lead. → Silver:")
    assert named[0] == "met"
    assert read()[0] == "met"  # who does not come any more needs no naming


@pytest.mark.parametrize("entries", list(Entries))
@pytest.mark.parametrize("entered", [True, False])
def test_the_beginning_spends_a_warrant_for_one_entry(
    world: World, read: Read, entries: Entries, *, entered: bool
) -> None:
    ready.make_ready(world)
    keep(world, replace(WARRANT, reference="W/9", entries=entries))
    ready.give(world)
    with world.desk("silver", DAWN - timedelta(hours=12)).writing() as work:
        run_clash_check(work, REFERENCE)

    with world.desk("silver", DAWN).writing() as work:
        conduct.begin_action(work, REFERENCE)
    begun = read(DAWN)
    with world.desk("cell").reading() as look:
        spent = look.session.exec(select(LegalBasis.spent_at)).one()
    with world.desk("silver", DAWN + timedelta(hours=1)).writing() as work:
        conduct.finish_action(work, REFERENCE, entered=entered)

    assert begun[0] == "met"  # it is this entry that spent it
    assert spent == (DAWN if entries is Entries.ONE else None)
    with world.desk("cell").reading() as look:
        left = look.session.exec(select(LegalBasis.spent_at)).one()
        assert look.session.exec(select(Action.state)).one() is ActionState.DONE
    assert left == (DAWN if entries is Entries.ONE and entered else None)
