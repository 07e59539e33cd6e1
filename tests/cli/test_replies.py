"""`planner replies`: a mailbox taken in once, whatever it holds; a second run changes nothing."""

import json
import mailbox
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from planner.cli import main
from planner.db import Database
from planner.models.conference_mail import ConferenceMail
from planner.models.conferences import Attendance
from planner.rules.invitation_words import AnsweredVia, InvitationAnswer
from planner.rules.replies import LARGEST
from planner.services.conferences import ConveneRequest, convene
from planner.services.mailboxes import set_agency_mailbox
from planner.work import utc_now
from tests.builders import World, a_world, an_action
from tests.cli.imap import imap_server
from tests.replies import HEALTH, a_letter

NOTHING = {"kept": 0, "nothing_new": 0, "for_a_person": 0, "refused": 0}


@pytest.fixture
def uid(database: Database, monkeypatch: pytest.MonkeyPatch) -> str:
    """The UID of a conference to come, to which an agency with a mailbox is invited."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", database.url.render_as_string(hide_password=False))
    world: World = a_world(database)
    at = utc_now() + timedelta(days=2)
    an_action(world, starts_at=at + timedelta(days=28), ends_at=at + timedelta(days=29))
    with world.desk("cell", at).writing() as work:
        set_agency_mailbox(work, "health", HEALTH)
    with world.desk("silver", utc_now()).writing() as work:
        convene(work, ConveneRequest(("WM-0001",), at, at + timedelta(hours=1), ("health",), "k1"))
    with database.read() as session:
        return session.exec(select(ConferenceMail.calendar_uid)).one()


def answer_of(database: Database) -> tuple[Any, Any]:
    with database.read() as session:
        seat = session.exec(select(Attendance)).one()
        return seat.answer, seat.answered_via


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = main(["replies", "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def test_a_maildir_is_taken_in_once_and_its_messages_are_moved_and_flagged(
    uid: str, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = mailbox.Maildir(tmp_path / "mail")
    box.add(a_letter(uid=uid))
    box.add(a_letter("stranger@example.org", uid=uid))
    box.add(b"From: a@example.org\n\n" + b"x" * LARGEST)
    box.add(b"no mail at all")

    first = run(capsys, "--maildir", str(tmp_path / "mail"))
    kept = answer_of(database)
    second = run(capsys, "--maildir", str(tmp_path / "mail"))

    replies = first[1].pop("replies")
    assert first == (0, NOTHING | {"kept": 1, "for_a_person": 2, "refused": 1})
    assert second == (0, NOTHING | {"replies": []})
    assert kept == answer_of(database) == (InvitationAnswer.ACCEPTED, AnsweredVia.MAIL)
    assert {item["from"] for item in replies} == {HEALTH, "stranger@example.org", "no single mailbox"}
    assert not list((tmp_path / "mail" / "new").iterdir())
    assert all(path.name.endswith(":2,S") for path in (tmp_path / "mail" / "cur").iterdir())


def test_a_run_that_was_killed_before_it_moved_the_message_is_taken_up_again(
    uid: str, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = mailbox.Maildir(tmp_path / "mail")
    letter = a_letter(uid=uid)
    box.add(letter)
    run(capsys, "--maildir", str(tmp_path / "mail"))
    box.add(letter)

    again = run(capsys, "--maildir", str(tmp_path / "mail"))

    assert again[1]["nothing_new"] == 1
    assert again[1]["replies"][0]["sentence"] == "It was taken in before."


def test_an_imap_mailbox_is_taken_in_once_and_its_messages_are_flagged(
    uid: str, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    password = tmp_path / "password"
    password.write_text("right\n", "utf-8")
    large = b"From: a@example.org\r\n\r\n" + b"x" * LARGEST
    with imap_server([a_letter(uid=uid), large]) as (port, box):
        words = ("--imap", "127.0.0.1", "--port", str(port), "--user", "u", "--security", "none")
        first = run(capsys, *words, "--password-file", str(password))
        second = run(capsys, *words, "--password-file", str(password))

    assert (first[1]["kept"], first[1]["refused"], second[1]["replies"]) == (1, 1, [])
    assert (box.seen, answer_of(database)[0]) == ({1, 2}, InvitationAnswer.ACCEPTED)


@pytest.mark.parametrize(
    ("words", "password", "sentence"),
    [
        ((), "", "Give either --maildir DIR or --imap HOST."),
        (("--maildir", "nowhere"), "", "nowhere is no Maildir: it needs the folders new and cur."),
        (("--imap", "127.0.0.1", "--port", "1", "--security", "none"), "", "Give the password with --password-file"),
        (("--imap", "127.0.0.1", "--port", "1", "--security", "none"), "x", "did not give its messages, Connection"),
        (("--imap", "mail.example.org", "--security", "none"), "x", "sent only to a server on this machine."),
        (("--imap", "127.0.0.1", "--security", "some"), "x", "give tls, or none for a server on this machine."),
    ],
)
@pytest.mark.usefixtures("uid")
def test_what_is_missing_is_named_in_a_sentence(
    words: tuple[str, ...],
    password: str,
    sentence: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PLANNER_IMAP_PASSWORD", password)

    code, answer = run(capsys, *words)

    assert code == 1
    assert sentence in answer["error"]["sentence"]


@pytest.mark.usefixtures("uid")
def test_a_wrong_password_and_a_missing_folder_are_sentences(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with imap_server([]) as (port, _):
        words = ("--imap", "127.0.0.1", "--port", str(port), "--user", "u", "--security", "none")
        monkeypatch.setenv("PLANNER_IMAP_PASSWORD", "wrong")
        wrong = run(capsys, *words)
        monkeypatch.setenv("PLANNER_IMAP_PASSWORD", "right")
        missing = run(capsys, *words, "--folder", "Nowhere")

    assert "check host, port, user name, password and folder" in wrong[1]["error"]["sentence"]
    assert missing[1]["error"]["sentence"] == "There is no folder Nowhere on 127.0.0.1. Name one with --folder."
