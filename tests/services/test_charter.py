"""The partnership charter: drafted and issued by the cell, agreed to by each agency's own people and nobody else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Questioned, Refused, Stale
from planner.models.charter import CharterLine
from planner.models.directory import Agency
from planner.models.records import Notice
from planner.rules.role_words import Workstream
from planner.rules.words import AgencyKind, PhaseKind
from planner.services.charter import LineRequest, draft_charter, drop_draft, drop_line, issue_charter, keep_line
from planner.services.charter_answers import acknowledge_charter, object_to_charter
from planner.services.operations import PhaseLine, set_phases
from planner.views.charter import draft, issued, my_charters
from planner.views.charter_tasks import charter_tasks
from tests.builders import NOW, World, a_world
from tests.partners import a_lead, a_partner

CARE = LineRequest(Workstream.VICTIM_CARE, "ngo", ("Leads care.", "Keeps the count."), leads=True)
TREATS = LineRequest(Workstream.VICTIM_CARE, "health", ("Treats people.",))
ENFORCES = LineRequest(Workstream.ENFORCEMENT, "force", ("Leads enforcement.",), leads=True)
INFORMS = LineRequest(Workstream.INTELLIGENCE, "cell", ("Receives returns.",), leads=True)


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def begin(world: World) -> None:
    with world.desk("cell").writing() as work:
        draft_charter(work, "OP1")


def keep(world: World, request: LineRequest, line_id: int | None = None, changes: int | None = None) -> int:
    with world.desk("cell").writing() as work:
        return keep_line(work, "OP1", request, line_id=line_id, changes=changes).id or 0


def issue(world: World) -> int:
    with world.desk("cell").writing() as work:
        return issue_charter(work, "OP1")


def agree(world: World, name: str, charter_id: int = 1) -> None:
    with world.desk(name).writing() as work:
        acknowledge_charter(work, charter_id)


def first_version(world: World) -> None:
    begin(world)
    for part in (CARE, TREATS, ENFORCES, INFORMS):
        keep(world, part)
    issue(world)


def missing(world: World) -> tuple[str, ...]:
    with world.desk("cell").reading() as look:
        found = issued(look, world.operation)
        assert found is not None
        return found.missing


def told(world: World, name: str) -> list[tuple[str, str | None]]:
    with world.desk("cell").reading() as look:
        mine = select(Notice.sentence, Notice.path).where(Notice.person_id == world.people[name])
        return [(sentence, path) for sentence, path in look.session.exec(mine.order_by(Notice.id))]


def test_a_draft_is_read_by_who_writes_it_alone_until_it_is_issued(world: World) -> None:
    begin(world)
    keep(world, CARE)

    with world.desk("cell").reading() as look:
        found = draft(look, world.operation)
        assert found is not None
        assert [line.fact.role for line in found.lines] == ["Victim care, every phase: leads"]
        assert issued(look, world.operation) is None
    for name in ("silver", "national", "partner"):
        with world.desk(name).reading() as look:
            assert draft(look, world.operation) is None
            assert my_charters(look) == ()

    assert issue(world) == 1

    with world.desk("silver").reading() as look:
        seen = issued(look, world.operation)
        assert seen is not None
        assert seen.lines[0].responsibilities == "Leads care.\nKeeps the count."
    with world.desk("partner").reading() as look:
        assert [item.agency for item in my_charters(look)] == ["Ngo"]


def test_each_agency_agrees_for_itself_and_its_issuer_by_issuing(world: World) -> None:
    first_version(world)
    assert missing(world) == ("Force", "Health", "Ngo")

    agree(world, "partner")
    assert missing(world) == ("Force", "Health")
    for name in ("children", "provider", "other_silver", "stranger", "cell", "national"):
        with pytest.raises(NotFound, match="none that names your agency"):
            agree(world, name)
    with pytest.raises(Refused, match="Ngo has agreed to version 1 already"):
        agree(world, "partner")
    agree(world, "silver")
    assert missing(world) == ("Health",)

    with world.desk("cell").reading() as look:
        found = issued(look, world.operation)
        assert found is not None
        said = {item.agency: (item.by, item.at) for item in found.said}
        assert said["Ngo"] == ("Partner, West Midlands", NOW)
        assert said["Cell"] == ("Cell, West Midlands", NOW)


@pytest.mark.parametrize("name", ["silver", "gold", "officer"])
def test_a_police_forces_silver_gold_or_partner_lead_agrees_for_it(world: World, name: str) -> None:
    first_version(world)

    agree(world, name)

    assert "Force" not in missing(world)


def test_everybody_who_can_agree_is_told_with_the_page_where_they_do(world: World) -> None:
    a_lead(world, "second", world.ngo)
    first_version(world)

    assert [path for _, path in told(world, "partner")] == ["/my_part"]
    assert [path for _, path in told(world, "second")] == ["/my_part"]
    assert [path for _, path in told(world, "silver")] == ["/operation"]
    assert [path for _, path in told(world, "gold")] == ["/operation"]
    assert told(world, "children") == told(world, "other_silver") == told(world, "stranger") == []
    assert "say whether you will do it" in told(world, "partner")[0][0]


def test_a_new_version_asks_everybody_again_and_says_what_changed_for_each(world: World) -> None:
    first_version(world)
    agree(world, "partner")
    agree(world, "health")
    begin(world)
    with world.desk("cell").reading() as look:
        found = draft(look, world.operation)
        assert found is not None
        care = next(line.id for line in found.lines if line.agency_code == "ngo")
        assert [line.fact.agency for line in found.lines] == ["Cell", "Force", "Ngo", "Health"]
    assert missing(world) == ("Force",)  # a draft takes nothing back

    keep(world, replace(CARE, responsibilities=("Leads care by day and night.",)), line_id=care)
    issue(world)

    assert missing(world) == ("Force", "Health", "Ngo")
    assert told(world, "partner")[-1][0].endswith(
        "Changed for you: victim care, every phase: the responsibilities are worded anew."
    )
    assert told(world, "health")[-1][0].endswith("Nothing changed for you.")
    with world.desk("partner").reading() as look:
        assert [(item.number, item.changed[:15], item.agreed_at) for item in my_charters(look)] == [
            (2, "Changed for you", None)
        ]
    with pytest.raises(Stale, match="A newer version"):
        agree(world, "partner", charter_id=1)
    agree(world, "partner", charter_id=2)
    assert missing(world) == ("Force", "Health")


def test_a_partner_reads_its_own_lines_and_who_leads_and_nothing_else(world: World) -> None:
    first_version(world)

    with world.desk("health").reading() as look:
        (mine,) = my_charters(look)
        assert issued(look, world.operation) is None

    assert [line.responsibilities for line in mine.lines] == ["Treats people."]
    leads = [(line.part, line.agency) for line in mine.leads]
    assert leads == [
        ("Intelligence, every phase", "Cell"),
        ("Enforcement, every phase", "Force"),
        ("Victim care, every phase", "Ngo"),
    ]
    assert {line.responsibilities for line in mine.leads} == {""}


def test_two_leads_and_a_care_providers_name_are_refused(world: World) -> None:
    begin(world)
    keep(world, CARE)

    with pytest.raises(Refused, match="Ngo leads victim care, every phase already"):
        keep(world, replace(TREATS, leads=True, phase=PhaseKind.CARE))
    with pytest.raises(Refused, match="care provider's name"):
        keep(world, replace(TREATS, agency="provider"))
    with pytest.raises(NotFound, match="no agency nowhere"):
        keep(world, replace(TREATS, agency="nowhere"))

    assert keep(world, TREATS)


def test_a_charter_is_issued_only_when_it_can_be_agreed_to(world: World) -> None:
    a_partner(world, "hope")
    with world.database.write() as session:
        session.add(Agency(code="lone", name="Lone", kind=AgencyKind.NGO))
    begin(world)
    with pytest.raises(Refused, match="no line yet"):
        issue(world)
    line = keep(world, TREATS)
    with pytest.raises(Refused, match="Nobody leads victim care"):
        issue(world)
    keep(world, CARE)
    lone = keep(world, replace(CARE, workstream=Workstream.AWARENESS, agency="lone"))
    with pytest.raises(Refused, match="Lone has no partner lead"):
        issue(world)
    keep(world, replace(CARE, workstream=Workstream.AWARENESS, agency="hope"), line_id=lone)
    assert issue(world) == 3

    begin(world)
    with pytest.raises(Refused, match="Nothing changed since the last version"):
        issue(world)
    with pytest.raises(NotFound, match="no such line in the draft"), world.desk("cell").writing() as work:
        drop_line(work, "OP1", line)  # a line of what is issued
    with world.desk("cell").writing() as work:
        drop_draft(work, "OP1")
    with pytest.raises(Refused, match="no draft"):
        issue(world)
    with world.desk("cell").reading() as look:
        assert len(look.session.exec(select(CharterLine)).all()) == 3


def test_a_draft_that_somebody_else_changed_is_stale(world: World) -> None:
    begin(world)
    line = keep(world, CARE, changes=0)

    with pytest.raises(Stale, match="Somebody else changed this draft"):
        keep(world, TREATS, changes=0)
    with pytest.raises(Refused, match="a draft already"):
        begin(world)

    keep(world, TREATS, changes=1)
    with world.desk("cell").writing() as work:
        drop_line(work, "OP1", line, changes=2)
    with world.desk("cell").reading() as look:
        found = draft(look, world.operation)
        assert found is not None
        assert (found.changes, [item.fact.agency for item in found.lines]) == (3, ["Health"])


def test_what_is_written_is_read_as_every_free_text(world: World) -> None:
    begin(world)
    with pytest.raises(InputError, match="at least one plain sentence"):
        replace(CARE, responsibilities=())
    with pytest.raises(InputError, match="12 sentences at most; this has 13"):
        replace(CARE, responsibilities=("Leads care.",) * 13)
    with pytest.raises(InputError, match="A responsibility has at most 300"):
        keep(world, replace(CARE, responsibilities=("x" * 301,)))
    with pytest.raises(InputError, match="SECRET"):
        keep(world, replace(CARE, responsibilities=("This is marked SECRET.",)))
    with pytest.raises(Questioned):
        keep(world, replace(CARE, responsibilities=("Rings 07700 900123 first.",)))


def test_only_the_cell_of_the_operation_writes_it(world: World) -> None:
    for name in ("national", "silver", "gold", "partner"):
        with pytest.raises(NotAllowed), world.desk(name).writing() as work:
            draft_charter(work, "OP1")
    with pytest.raises(NotFound), world.desk("stranger").writing() as work:
        draft_charter(work, "OP1")


def phases(world: World, begins: date) -> None:
    with world.desk("cell").writing() as work:
        set_phases(work, "OP1", [PhaseLine(PhaseKind.ENFORCEMENT, begins, date(2027, 3, 1))])


def test_the_cells_today_says_who_is_missing_in_the_last_two_weeks(world: World) -> None:
    begins = NOW.date() + timedelta(days=14)
    phases(world, begins)
    with world.desk("cell").reading() as look:
        assert [task.sentence for task in charter_tasks(look)] == [
            "Operation One: No partnership charter is issued. "
            "The enforcement phase begins on Tue 8 December: 14 days left."
        ]
    first_version(world)
    with world.desk("cell").reading() as look:
        assert [task.sentence.split(":")[1] for task in charter_tasks(look)] == [
            " 1 of 4 agencies have agreed; missing"
        ]
    phases(world, begins + timedelta(days=1))
    with world.desk("cell").reading() as look:
        assert charter_tasks(look) == ()

    phases(world, begins)
    for name in ("partner", "health", "silver"):
        with world.desk(name).reading() as look:
            assert len(charter_tasks(look)) == 1
        agree(world, name)
        with world.desk(name).reading() as look:
            assert charter_tasks(look) == ()
    with world.desk("cell").reading() as look:
        assert charter_tasks(look) == ()


def test_an_answer_leads_to_the_page_that_opens_to_who_gives_it(world: World) -> None:
    first_version(world)

    for name, page in (("partner", "my_part"), ("officer", "my_part"), ("silver", "operation"), ("gold", "operation")):
        with world.desk(name).reading() as look:
            assert [task.page for task in charter_tasks(look)] == [page]
    with world.desk("other_silver").reading() as look:
        assert charter_tasks(look) == ()


def test_an_agency_that_cannot_agree_says_why_and_may_agree_later(world: World) -> None:
    first_version(world)

    for name, error in (("children", NotFound), ("partner", InputError)):
        with pytest.raises(error), world.desk(name).writing() as work:
            object_to_charter(work, 1, " ")
    with world.desk("partner").writing() as work:
        object_to_charter(work, 1, "We have nobody on Sundays.")

    assert missing(world) == ("Ngo", "Force", "Health")  # whoever objects is to be rung first
    assert "Ngo cannot agree to version 1 of the charter: We have nobody on Sundays." in told(world, "cell")[-1][0]
    with world.desk("partner").reading() as look:
        assert my_charters(look)[0].objection == "We have nobody on Sundays."
    agree(world, "partner")
    assert missing(world) == ("Force", "Health")
    with pytest.raises(Refused, match="agreed to version 1 already"), world.desk("partner").writing() as work:
        object_to_charter(work, 1, "Never mind.")
