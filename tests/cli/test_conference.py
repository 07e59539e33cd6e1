"""`planner conference convene` and `show`, as scripts use them: one key one conference, refusals as one sentence."""

import json
from collections.abc import Callable

import pytest

from planner.cli import main
from planner.db import Database
from planner.services import attendance, minutes
from tests.builders import NOW, World, a_world, an_action
from tests.services.test_minutes import ALL, came, typed
from tests.web.site import give_account

Run = Callable[..., tuple[int, str, str]]
ASKED = ("WM-0001", "--at", "2026-11-24T14:00", "--agencies", "force,ngo,health", "--key", "k")


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    for name in ("cell", "other_silver"):
        give_account(world, name)
    return world


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("PLANNER_DATABASE_URL", world.database.url.render_as_string(hide_password=False))
    monkeypatch.setattr("planner.cli.edge.utc_now", lambda: NOW)

    def ran(*words: str, who: str = "cell") -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["--as", who, "conference", *words])
        out = capsys.readouterr()
        return code, out.out, out.err

    return ran


def test_a_conference_is_convened_once_by_its_key(run: Run) -> None:
    code, said, _ = run("convene", *ASKED)
    _, again, _ = run("convene", *ASKED, "--json")

    assert (code, said) == (0, "Conference 1 is convened for Tue 24 November, 14:00.\n")
    assert json.loads(again) == {
        "conference": 1,
        "starts_at": "2026-11-24T14:00:00+00:00",
        "ends_at": "2026-11-24T15:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--require", "nobody"), "nobody is no kind of agency"),
        (("--require", "prosecutor"), "requires a prosecutor, and invites none"),
        (("--at", "2026-11-26T14:00"), "WM-0001"),
        (("--at", "2027-03-28T01:30"), "does not exist"),
        (("--at", "2026-10-25T01:30"), "happens twice"),
        (("--agencies", "nobody"), "There is no agency nobody"),
        (("--link", "http://x"), "begins with https://"),
    ],
)
def test_what_cannot_be_convened_is_one_sentence_and_nothing_is_written(
    run: Run, more: tuple[str, ...], sentence: str
) -> None:
    code, said, error = run("convene", *ASKED, *more)

    assert (code, said) == (1, "")
    assert sentence in error
    assert run("show", "1")[0] == 1


def test_one_is_shown_in_words_and_in_json_and_to_no_stranger(run: Run, world: World) -> None:
    run("convene", *ASKED)
    with world.desk("cell").writing() as work:
        seat = attendance.Seat("force", attendance.AttendanceState.ATTENDED, True, False, True)
        attendance.take_seat(work, 1, seat, held_now=True)
    came(world, 1, *ALL)
    with world.desk("cell").writing() as work:
        minutes.open_agenda(work, 1)
    typed(world, 1, "Two places.", "a")

    code, said, _ = run("show", "1")
    _, answer, _ = run("show", "1", "--json")
    denied, missing = run("show", "1", who="other_silver"), run("show", "99", who="other_silver")

    assert code == 0
    assert ("Quorate." in said, "1. Victim care: Two places." in said) == (True, True)
    found = json.loads(answer)
    assert (found["quorate"], found["state"], [line["text"] for line in found["lines"]]) == (
        True,
        "held",
        ["Two places."],
    )
    assert denied == missing == (1, "", denied[2])
