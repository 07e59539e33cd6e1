"""Mail: a letter says that something waits and nothing more; told once, tried again, never after a day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import StorageError
from planner.models.records import Notice
from planner.outputs.mail import MailServer, load_mail
from planner.rules.checkpoints import from_line
from planner.services.checkpoints import witness_of
from planner.services.go_ahead import answer_not_yet, request_go_ahead
from planner.services.mailboxes import set_agency_mailbox, set_own_mailbox
from planner.services.outbox import take_turn
from planner.services.records import verify_record
from planner.settings import load_settings
from planner.views.mail import mail_state
from planner.web.delivery import Delivered, Delivery
from planner.work import Desk
from tests.builders import NOW, World, a_world, an_action
from tests.web.mail import Postbox, mail_server

SILVER, NGO = "silver@example.org", "duty@ngo.example.org"
CANARY = "Care is missing in Canary Row."
Set = tuple[World, Delivery, Postbox]


@pytest.fixture
def post(database: Database) -> Iterator[Set]:
    """A world whose Silver and NGO have a mailbox, on an installation with a mail server."""
    world = a_world(database)
    with world.desk("silver").writing() as work:
        set_own_mailbox(work, SILVER)
    with world.desk("cell").writing() as work:
        set_agency_mailbox(work, "ngo", NGO)
    with mail_server() as (server, box):
        yield world, Delivery(database, load_settings(), server, clock=lambda: NOW), box


def notify(world: World, at: datetime = NOW, *, outside: str | None = None, path: str | None = None) -> None:
    with Desk(world.database, clock=lambda: at).writing() as work:
        work.notify(CANARY, person_id=world.people["silver"], outside=outside, path=path)


def later(delivery: Delivery, by: timedelta) -> Delivery:
    return replace(delivery, clock=lambda: NOW + by)


def test_what_waits_for_one_mailbox_is_one_letter_and_says_nothing_of_what_it_is(post: Set) -> None:
    world, delivery, box = post
    notify(world, outside="A post to answer by Wed 25 November, 12:00.", path="/my_part?offer=1")
    notify(world)
    with world.desk("cell").writing() as work:
        work.notify(CANARY, agency_id=world.ngo)

    done = delivery.deliver()

    assert done == Delivered(3, 0)
    assert sorted((message["To"], message["Subject"]) for message in box.came) == [
        (NGO, "Threshold: 1 thing waits for you"),
        (SILVER, "Threshold: 2 things wait for you"),
    ]
    assert not [text for text in box.texts() if "Canary" in text or "Care" in text]
    silver = next(text for text in box.texts() if "A post to answer" in text)
    assert "http://127.0.0.1:8501/my_part?offer=1" in silver


def test_a_notice_is_told_once(post: Set) -> None:
    world, delivery, box = post
    notify(world)

    delivery.deliver()
    again = later(delivery, timedelta(hours=2)).deliver()

    assert again == Delivered(0, 0)
    assert len(box.came) == 1


def test_two_servers_at_once_tell_a_notice_once(post: Set) -> None:
    world, delivery, box = post
    notify(world)
    other = replace(delivery)
    with Desk(world.database, clock=lambda: NOW).writing() as work:
        taken = take_turn(work)

    meanwhile = other.deliver()
    after = later(delivery, timedelta(minutes=6)).deliver()

    assert len(taken) == 1
    assert meanwhile == Delivered(0, 0)
    assert after == Delivered(1, 0)  # whoever took it died before handing it over
    assert len(box.came) == 1


def test_what_the_mail_server_puts_off_is_tried_again_later_each_time(post: Set) -> None:
    world, delivery, box = post
    notify(world)
    box.closed = True

    first = delivery.deliver()
    too_soon = later(delivery, timedelta(minutes=1)).deliver()
    second = later(delivery, timedelta(minutes=2)).deliver()
    box.closed = False
    still_waiting = later(delivery, timedelta(minutes=3)).deliver()
    third = later(delivery, timedelta(minutes=4)).deliver()

    assert (first, too_soon, second) == (Delivered(0, 1), Delivered(0, 0), Delivered(0, 1))
    assert (still_waiting, third) == (Delivered(0, 0), Delivered(1, 0))
    assert len(box.came) == 1


def test_one_unknown_mailbox_holds_up_no_other_and_the_readers_of_the_record_are_told(post: Set) -> None:
    world, delivery, box = post
    notify(world)
    with world.desk("cell").writing() as work:
        work.notify(CANARY, agency_id=world.ngo)
    box.unknown = {SILVER}

    done = delivery.deliver()

    with world.desk("cell").reading() as look:
        state = mail_state(look)
    with world.desk("silver").reading() as look:
        not_theirs = mail_state(look)
    assert done == Delivered(1, 1)
    assert state == (1, 1, "the mail server does not know this mailbox (code 550)")
    assert not_theirs == (0, 0, None)


def test_a_mail_server_that_is_away_costs_nothing(post: Set, database: Database) -> None:
    world, delivery, _ = post
    notify(world)
    away = replace(delivery, server=MailServer("127.0.0.1", 1, "none", "threshold@example.org"))

    done = away.deliver()

    with database.read() as session:
        kept = session.exec(select(Notice).where(col(Notice.sentence) == CANARY)).one()
        assert kept.mail_trouble == "the mail server did not take it: ConnectionRefusedError"
    assert done == Delivered(0, 1)
    assert later(delivery, timedelta(minutes=2)).deliver() == Delivered(1, 0)


def test_news_of_yesterday_and_of_nobody_reachable_is_left_to_the_page(post: Set) -> None:
    world, delivery, box = post
    notify(world, NOW - timedelta(hours=25))
    with world.desk("cell").writing() as work:
        work.notify(CANARY, person_id=world.people["gold"])

    done = delivery.deliver()

    assert done == Delivered(0, 0)
    assert not box.came


def test_a_checkpoint_of_a_decision_reaches_the_named_agency_and_verifies_the_record(
    database: Database, tmp_path: Path
) -> None:
    world = a_world(database)
    an_action(world)
    witness = witness_of(load_settings().checkpoints)
    with world.desk("silver").writing() as work:
        request_go_ahead(work, "WM-0001")
    with replace(world.desk("gold"), witness=witness).writing() as work:
        answer_not_yet(work, "WM-0001", "Care is missing.")

    with mail_server("records@example.org") as (server, box):
        delivery = Delivery(database, load_settings(), server, clock=lambda: NOW)
        delivery.deliver()
        delivery.deliver()

    (text,) = box.texts()
    line = next(line for line in text.splitlines() if from_line(line))
    kept = tmp_path / "from the letter.jsonl"
    kept.write_text(line)
    with world.desk("cell").reading() as look:
        assert verify_record(look, kept).whole


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "host is missing"),
        ('host = "mail.example.org"', "sender is ''"),
        ('host = "mail.example.org"\nsender = "a@b.org"\nsecurity = "none"', "on this machine"),
        ('host = "mail.example.org"\nsender = "a@b.org"\nport = 99999', "port is 99999"),
        ('host = "mail.example.org"\nsender = "a@b.org\\nBcc: c@d.org"', "sender is"),
        ('host = "mail.example.org"\nsender = "a@b.org"\ncheckpoints_to = ["nobody"]', "checkpoints_to is 'nobody'"),
        ("host =", "cannot be read"),
    ],
)
def test_a_mail_file_that_cannot_be_used_is_refused_with_what_it_lacks(
    tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "mail.toml"
    file.write_text(text)

    with pytest.raises(StorageError, match="PLANNER_MAIL_FILE") as refusal:
        load_mail(file)

    assert sentence in str(refusal.value)


def test_a_whole_mail_file_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "mail.toml"
    file.write_text('host = "mail.example.org"\nsender = "a@b.org"\ncheckpoints_to = ["c@d.org"]')

    assert load_mail(file) == MailServer("mail.example.org", 587, "starttls", "a@b.org", checkpoints_to=("c@d.org",))
