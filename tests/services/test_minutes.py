"""A conference that meets: confidentiality before the agenda, lines that are only added, dissent, what is owed."""

from datetime import timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotFound, Refused, Stale
from planner.models.conferences import Conference, Undertaking
from planner.models.directory import Agency
from planner.models.minutes import MinuteLine
from planner.models.records import Notice
from planner.rules.agenda import AGENDA
from planner.rules.words import AgencyKind, AttendanceState
from planner.services import attendance, conference_templates, conferences, decisions, minutes, undertakings
from planner.services.attendance import Seat
from planner.services.conferences import ConveneRequest, Terms
from planner.services.minutes import LineRequest
from planner.services.undertakings import UndertakingRequest
from planner.views.conferences import dissents
from planner.views.meeting import lines, meeting
from planner.views.my_room import my_room
from planner.work import Desk
from tests.builders import DAWN, NOW, World, a_world, an_action

HOUR = timedelta(hours=1)
ALL = ("force", "ngo", "health")


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def convened(world: World, terms: Terms | None = None, *references: str, agencies: tuple[str, ...] = ALL) -> int:
    request = ConveneRequest(
        references or ("WM-0001",), NOW, NOW + HOUR, agencies, f"k{len(references)}", terms=terms or Terms()
    )
    with world.desk("cell").writing() as work:
        return conferences.convene(work, request).id or 0


def came(world: World, number: int, *codes: str, accepted: bool = True) -> tuple[str, ...]:
    missing: tuple[str, ...] = ()
    for code in codes:
        with world.desk("cell").writing() as work:
            seat = Seat(code, AttendanceState.ATTENDED, True, code == "ngo", accepted)
            missing = attendance.take_seat(work, number, seat)
    return missing


def opened(world: World) -> int:
    number = convened(world)
    came(world, number, *ALL)
    with world.desk("cell").writing() as work:
        minutes.open_agenda(work, number)
    return number


def typed(world: World, number: int, text: str, key: str, who: str = "cell", instead_of: int | None = None) -> int:
    with world.desk(who).writing() as work:
        return minutes.type_line(work, LineRequest(number, 1, text, key, instead_of=instead_of)).id or 0


def standing(world: World, number: int) -> list[str]:
    with world.desk("cell").reading() as look:
        return [line.text for line in lines(look, number)]


def test_the_agenda_opens_once_everybody_there_has_accepted_confidentiality(world: World) -> None:
    number = convened(world)
    came(world, number, "force", "ngo")
    came(world, number, "health", accepted=False)

    refusal = pytest.raises(Refused, match=r"1 agency has not accepted confidentiality: Health")
    with refusal, world.desk("cell").writing() as work:
        minutes.open_agenda(work, number)
    with world.desk("health").writing() as work:
        minutes.accept_confidentiality(work, number)
    with world.desk("cell").writing() as work:
        minutes.open_agenda(work, number)

    with world.desk("cell").reading() as look:
        assert meeting(look, number).opened_at == NOW


def test_nothing_is_minuted_before_the_agenda_is_open_and_nobody_opens_it_alone(world: World) -> None:
    number = convened(world)

    with pytest.raises(Refused, match="not open yet"):
        typed(world, number, "Too early.", "a")
    with pytest.raises(Refused, match="Nobody is here yet"), world.desk("cell").writing() as work:
        minutes.open_agenda(work, number)


def test_an_agency_that_is_not_invited_accepts_nothing_and_is_answered_as_if_nothing_were_there(world: World) -> None:
    number = convened(world, None, agencies=("force", "ngo"))

    with pytest.raises(NotFound) as denied, world.desk("health").writing() as work:
        minutes.accept_confidentiality(work, number)
    with pytest.raises(NotFound) as missing, world.desk("health").writing() as work:
        minutes.accept_confidentiality(work, 987654)
    with world.desk("partner").writing() as work:
        minutes.accept_confidentiality(work, number)

    assert str(denied.value) == str(missing.value)


def test_a_line_is_kept_as_typed_and_the_same_key_is_the_same_line(world: World) -> None:
    number = opened(world)

    first = typed(world, number, "Two places\nfor women.", "a")
    again = typed(world, number, "Two places\nfor women.", "a")
    typed(world, number, "One more.", "b", who="silver")

    assert first == again
    assert standing(world, number) == ["Two places\nfor women.", "One more."]


def test_a_correction_takes_its_place_and_the_first_words_stay_in_the_table(world: World) -> None:
    number = opened(world)
    first = typed(world, number, "Three places.", "a")
    typed(world, number, "A van.", "b")

    better = typed(world, number, "Two places.", "c", instead_of=first)
    with pytest.raises(Stale, match="corrected this line just now"):
        typed(world, number, "Four places.", "d", instead_of=first)
    corrected = standing(world, number)
    typed(world, number, "", "e", instead_of=better)

    assert corrected == ["Two places.", "A van."]
    assert standing(world, number) == ["A van."]
    with world.database.read() as session:
        assert [row.text for row in session.exec(select(MinuteLine))][:2] == ["Three places.", "A van."]


@pytest.mark.parametrize(
    ("item", "text", "sentence"), [(0, "x", "no item 0"), (9, "x", "no item 9"), (1, " ", "Type what is to be minuted")]
)
def test_a_line_that_is_none_is_refused(world: World, item: int, text: str, sentence: str) -> None:
    number = opened(world)

    with pytest.raises(InputError, match=sentence), world.desk("cell").writing() as work:
        minutes.type_line(work, LineRequest(number, item, text, "a"))
    assert standing(world, number) == []


def test_another_forces_silver_reads_and_types_nothing(world: World) -> None:
    number = opened(world)
    typed(world, number, "Two places.", "a")

    with pytest.raises(NotFound):
        typed(world, number, "I was here.", "b", who="other_silver")
    with world.desk("other_silver").reading() as look:
        assert lines(look, number) == ()
    assert standing(world, number) == ["Two places."]


def test_a_line_about_an_action_is_read_by_who_may_see_that_action(world: World) -> None:
    with world.database.read() as session:
        other = session.exec(select(Agency.id).where(Agency.code == "other_force")).one()
    an_action(world, "OF-0001", force_id=other)
    number = convened(world, None, "WM-0001", "OF-0001")
    came(world, number, *ALL)
    with world.desk("cell").writing() as work:
        minutes.open_agenda(work, number)
        minutes.type_line(work, LineRequest(number, 1, "Ours.", "a", "WM-0001"))
        minutes.type_line(work, LineRequest(number, 1, "Theirs.", "b", "OF-0001"))
        minutes.type_line(work, LineRequest(number, 1, "Of all.", "c"))

    with world.desk("silver").reading() as look:
        seen, found = [line.text for line in lines(look, number)], meeting(look, number)

    assert seen == ["Ours.", "Of all."]
    assert ([matter.reference for matter in found.matters], found.hidden, found.records) == (["WM-0001"], 1, False)
    assert standing(world, number) == ["Ours.", "Theirs.", "Of all."]


def test_a_required_kind_of_agency_is_invited_and_counts_only_when_it_is_there_and_may_commit(world: World) -> None:
    terms = Terms(required=(AgencyKind.HEALTH,), quorum=2)
    with pytest.raises(InputError, match="requires a health agency, and invites none"):
        convened(world, terms, agencies=("force", "ngo"))
    number = convened(world, terms)

    without = came(world, number, "force", "ngo")
    whole = came(world, number, "health")

    assert without[-1] == "a health agency"
    assert whole == ()


def test_the_larger_quorum_of_policy_and_conference_holds(world: World) -> None:
    number = convened(world, Terms(quorum=4))

    assert came(world, number, *ALL) == ("1 more of 4 agencies that may commit resources",)


def test_somebody_who_cannot_record_each_action_chairs_none(world: World) -> None:
    with pytest.raises(Refused, match="The chair must plan each of these actions"):
        convened(world, Terms(chair=world.people["other_silver"]))
    number = convened(world, Terms(chair=world.people["silver"]))

    with world.database.read() as session:
        assert session.get_one(Conference, number).chair_id == world.people["silver"]


@pytest.mark.parametrize(("terms", "sentence"), [({"quorum": 1}, "A quorum is 2"), ({"join_link": "x"}, "https://")])
def test_terms_that_cannot_be_are_refused(terms: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        Terms(**terms)  # type: ignore[arg-type]


def test_dissent_stands_under_its_agencys_name_beside_the_decision(world: World) -> None:
    number = opened(world)
    with world.desk("cell").writing() as work:
        decisions.dissent(work, number, "WM-0001", "ngo", "We would wait for the third place.")
        decisions.dissent(work, number, "WM-0001", "health", "No nurse before noon.")

    with world.desk("silver").reading() as look:
        found = dissents(look, {number})
    with world.desk("other_silver").reading() as look:
        none = dissents(look, {number})

    assert [text.partition(": ")[2] for text in found[number, "WM-0001"]] == [
        "We would wait for the third place.",
        "No nurse before noon.",
    ]
    assert none == {}


def test_the_template_is_copied_into_conferences_convened_after_it(world: World) -> None:
    before = convened(world)
    with world.desk("cell").writing() as work:
        conference_templates.set_template(work, "OP1", "Care\nRoles", "Nothing leaves this room.", version=0)
    after = convened(world, Terms(), "WM-0001")

    with pytest.raises(Stale), world.desk("cell").writing() as work:
        conference_templates.set_template(work, "OP1", "Care", "Other.", version=0)
    with world.desk("cell").reading() as look:
        agendas = meeting(look, before).agenda, meeting(look, after).agenda

    assert agendas == (AGENDA, ("Care", "Roles"))


def owes(world: World, due_in: int) -> int:
    number = opened(world)
    request = UndertakingRequest(number, "ngo", "Name a deputy.", NOW + due_in * HOUR)
    with world.desk("cell").writing() as work:
        return undertakings.add_undertaking(work, request).id or 0


def reminders(world: World) -> list[str]:
    with world.database.read() as session:
        return [row.sentence for row in session.exec(select(Notice)) if row.sentence.startswith("What you undertook")]


def test_an_undertaking_is_called_to_mind_a_day_before_and_once_a_day(world: World) -> None:
    owes(world, 30)
    told = []
    for hours in (2, 8, 12, 31, 33, 60):
        with Desk(world.database, clock=lambda hours=hours: NOW + hours * HOUR).writing() as work:
            told.append(undertakings.remind_undertakings(work))

    assert told == [0, 1, 0, 0, 1, 1]
    assert ["is due by" in line for line in reminders(world)] == [True, False, False]


def test_planners_remind_once_a_day_and_nobody_of_what_is_done(world: World) -> None:
    number = owes(world, 30)
    with world.desk("silver").writing() as work:
        undertakings.chase_undertaking(work, number)

    with pytest.raises(Refused, match="was reminded at"), world.desk("silver").writing() as work:
        undertakings.chase_undertaking(work, number)
    with world.desk("partner").writing() as work:
        undertakings.close_undertaking(work, number)
    with pytest.raises(Refused, match="is done already"), world.desk("silver", NOW + 30 * HOUR).writing() as work:
        undertakings.chase_undertaking(work, number)

    assert len(reminders(world)) == 1
    with world.database.read() as session:
        assert session.get_one(Undertaking, number).chased_at == NOW


def test_what_is_to_be_done_before_an_action_is_due_before_it_begins(world: World) -> None:
    number = opened(world)
    late = UndertakingRequest(number, "ngo", "Name a deputy.", DAWN + HOUR, action="WM-0001")

    with pytest.raises(InputError, match=r"begins on .*: it is due before then"), world.desk("cell").writing() as work:
        undertakings.add_undertaking(work, late)


def test_an_invited_agency_reads_the_agenda_once_it_accepted_and_where_it_is_from_the_start(world: World) -> None:
    terms = Terms(agenda="Care\nRoles", join_link="https://video.example/room")
    number = convened(world, terms)
    with world.desk("health").reading() as look:
        before = my_room(look, number)
    with world.desk("health").writing() as work:
        minutes.accept_confidentiality(work, number)
    with world.desk("health").reading() as look:
        after = my_room(look, number)
    with world.desk("children").reading() as look:
        stranger = my_room(look, number)

    assert before is not None
    assert after is not None
    assert (before.join_link, before.agenda, before.accepted) == ("https://video.example/room", (), False)
    assert (after.agenda, after.accepted) == (("Care", "Roles"), True)
    assert stranger is None
