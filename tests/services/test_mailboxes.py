"""Mailboxes: one's own by oneself, others by the cell; a mailbox is one address and nothing else."""

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound
from planner.models.directory import Agency, Person
from planner.models.records import RecordLine
from planner.services.mailboxes import set_agency_mailbox, set_mailbox, set_own_mailbox
from planner.views.mail import own_mailbox
from tests.builders import a_world


def test_ones_own_mailbox_is_kept_and_emptied_and_the_record_does_not_name_it(database: Database) -> None:
    world = a_world(database)

    with world.desk("silver").writing() as work:
        set_own_mailbox(work, " silver.desk@example.org ")
    with world.desk("silver").reading() as look:
        kept = own_mailbox(look)
        lines = look.session.exec(select(RecordLine.sentence).where(RecordLine.verb == "set_mailbox")).all()
    with world.desk("silver").writing() as work:
        set_own_mailbox(work, "")
    with world.desk("silver").reading() as look:
        emptied = own_mailbox(look)

    assert (kept, emptied) == ("silver.desk@example.org", "")
    assert len(lines) == 1
    assert "example.org" not in lines[0]


def test_the_cell_keeps_the_mailboxes_of_agencies_and_of_people(database: Database) -> None:
    world = a_world(database)

    with world.desk("cell").writing() as work:
        set_agency_mailbox(work, "ngo", "duty@ngo.example.org")
        silver = work.session.get_one(Person, world.people["silver"]).title
        set_mailbox(work, silver, "silver@example.org")

    with database.read() as session:
        assert session.exec(select(Agency.mailbox).where(col(Agency.code) == "ngo")).one() == "duty@ngo.example.org"
        assert session.get_one(Person, world.people["silver"]).mailbox == "silver@example.org"


@pytest.mark.parametrize("text", ["nobody", "a@b@c.org", "a@b.org\nBcc: c@d.org", "a b@c.org", "x" * 250 + "@b.org"])
def test_what_is_no_mailbox_is_refused_and_nothing_is_kept(database: Database, text: str) -> None:
    world = a_world(database)

    with pytest.raises(InputError, match="no mailbox"), world.desk("silver").writing() as work:
        set_own_mailbox(work, text)

    with world.desk("silver").reading() as look:
        assert own_mailbox(look) == ""


def test_nobody_but_the_cell_sets_the_mailbox_of_another_and_nobody_of_nobody(database: Database) -> None:
    world = a_world(database)

    with pytest.raises(NotAllowed), world.desk("silver").writing() as work:
        set_agency_mailbox(work, "ngo", "mine@example.org")
    with pytest.raises(NotFound, match="nobody called"), world.desk("cell").writing() as work:
        set_mailbox(work, "Nobody at all", "mine@example.org")
