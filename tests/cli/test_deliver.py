"""`planner deliver`: what expired ends, a checkpoint is noted, waiting mail is handed over."""

import json
from pathlib import Path

import pytest

from planner.cli import main
from planner.db import Database
from planner.services.checkpoints import read_checkpoints
from planner.services.mailboxes import set_own_mailbox
from planner.settings import load_settings
from planner.work import Desk, utc_now
from tests.builders import a_world
from tests.web.mail import mail_server

NOTHING = {"told": 0, "waiting": 0, "invited": 0, "invitations_waiting": 0}


@pytest.fixture
def waiting(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database.url.render_as_string(hide_password=False))
    world = a_world(database)
    with world.desk("silver").writing() as work:
        set_own_mailbox(work, "silver@example.org")
    with Desk(database, clock=utc_now).writing() as work:
        work.notify("Something happened.", person_id=world.people["silver"])


@pytest.mark.usefixtures("waiting")
def test_without_a_mail_server_a_checkpoint_is_noted_and_notices_wait_in_the_app(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = main(["deliver", "--json"])

    assert (code, json.loads(capsys.readouterr().out)) == (0, {"mail": False, **NOTHING})
    assert len(read_checkpoints(load_settings().checkpoints).points) == 1


@pytest.mark.usefixtures("waiting")
def test_with_a_mail_server_what_waits_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "mail.toml"
    monkeypatch.setenv("PLANNER_MAIL_FILE", str(file))
    with mail_server() as (server, box):
        file.write_text(
            f'host = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\nsender = "{server.sender}"\n', "utf-8"
        )
        code = main(["deliver", "--json"])

    assert (code, json.loads(capsys.readouterr().out)) == (0, {"mail": True, **NOTHING, "told": 1})
    assert [message["To"] for message in box.came] == ["silver@example.org"]
