"""`planner deliver` killed ten times and run twice in parallel, against a real mail server: nothing is lost.

A letter whose server had said yes is never sent again; one that was under way, whose word never came, may come a second
time with the same Message-ID. How often that happened is printed.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import Database
from planner.models.conference_mail import ConferenceMail
from planner.services.conferences import ConveneRequest, convene
from planner.services.mailboxes import set_agency_mailbox
from planner.work import utc_now
from tests.builders import World, a_world, an_action
from tests.web.mail import Postbox, mail_server

ROOT = Path(__file__).parents[2]
KILLS, AGENCIES = {False: 4, True: 10}, ("ngo", "health", "children")


def convened(world: World, many: int) -> None:
    """So many conferences of three agencies, by the clock on the wall, which is the command's own."""
    now = utc_now()
    dawn = now + timedelta(days=60)
    an_action(world, starts_at=dawn, ends_at=dawn + timedelta(hours=3))
    for code in AGENCIES:
        with world.desk("cell", now).writing() as work:
            set_agency_mailbox(work, code, f"duty@{code}.example.org")
    for number in range(many):
        at = now + timedelta(days=2, hours=number)
        with world.desk("silver", now).writing() as work:
            convene(work, ConveneRequest(("WM-0001",), at, at + timedelta(hours=1), AGENCIES, f"k{number}"))


def deliver() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "import sys; from planner.cli import main; sys.exit(main(['deliver']))"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


def invitations(box: Postbox) -> list[str]:
    return [str(message["Message-ID"]) for message in box.came if message.get_content_type() == "multipart/mixed"]


def time_passes(database: Database) -> None:
    """What a killed turn had taken is free again, as it is after five minutes."""
    m = ConferenceMail
    with database.write() as session:
        session.execute(sa.update(m).where(col(m.mail_at).is_not(None)).values(mail_at=utc_now()))


@pytest.mark.heavy
def test_each_invitation_is_sent_though_deliver_is_killed_ten_times_and_run_twice_in_parallel(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    convened(a_world(database), many := 200 if full else 50)
    monkeypatch.setenv("PLANNER_DATABASE_URL", database.url.render_as_string(hide_password=False))
    file, chance = tmp_path / "mail.toml", Random(7)
    monkeypatch.setenv("PLANNER_MAIL_FILE", str(file))
    with mail_server() as (server, box):
        file.write_text(
            f'host = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\nsender = "{server.sender}"\n', "utf-8"
        )
        under_way = 0
        for _ in range(KILLS[full]):
            before, process = len(invitations(box)), deliver()
            enough = before + chance.randint(1, 3 * many // (6 if not full else 15))
            while len(invitations(box)) < enough and process.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.02))
            under_way += process.poll() is None
            process.send_signal(signal.SIGKILL)
            process.wait()
            time_passes(database)
        both = [deliver(), deliver()]
        assert [process.wait(timeout=120) for process in both] == [0, 0]
        came = Counter(invitations(box))

    with database.read() as session:
        kept = session.exec(select(ConferenceMail)).all()
    twice = sum(came.values()) - len(came)
    print(f"{len(came)} invitations, killed {under_way} times under way, {twice} came twice with one Message-ID")
    assert under_way >= KILLS[full] - 2
    assert set(came) == {f"<{row.message_key}@example.org>" for row in kept}
    assert all(row.mailed_at is not None for row in kept)
    assert twice <= under_way
    assert max(came.values()) <= 2
    assert not list((tmp_path / "var" / "sent").iterdir())
