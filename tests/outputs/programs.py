"""Other people's programs that read, keep and give back our calendars: what each makes of every entry's instants.

Each function takes a file's bytes and returns, by uid and the occurrence that an entry replaces, when it begins and
ends; whole days as days, instants in UTC.
"""

import ctypes
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import vobject
from ical.calendar_stream import CalendarStream
from icalendar import Calendar
from radicale import Application, config

from planner.rules.windows import LONDON
from tests.outputs.libical import library, library_instant

At = date | datetime
Spans = dict[tuple[str, datetime | None], tuple[At, At]]
Program = Callable[[bytes], Spans]
KHAL = """
[calendars]
[[ours]]
path = {folder}/ours
[default]
default_calendar = ours
[locale]
local_timezone = Europe/London
default_timezone = Europe/London
[sqlite]
path = {folder}/khal.db
"""


def by_icalendar(body: bytes) -> Spans:
    return _spans(
        (str(e["UID"]), e.decoded("RECURRENCE-ID") if "RECURRENCE-ID" in e else None, e.start, e.end)
        for e in Calendar.from_ical(body).walk("VEVENT")
    )


def by_vobject(body: bytes) -> Spans:
    found = getattr(vobject.readOne(body.decode()), "vevent_list", [])
    return _spans(
        (e.uid.value, e.recurrence_id.value if "recurrence-id" in e.contents else None, e.dtstart.value, e.dtend.value)
        for e in found
    )


def by_ical(body: bytes) -> Spans:
    """The library that Home Assistant reads calendars with."""
    [calendar] = CalendarStream.from_ics(body.decode()).calendars
    return _spans(
        (str(e.uid), _named(e.recurrence_id) if e.recurrence_id else None, e.dtstart, e.dtend or e.end)
        for e in calendar.events
    )


def by_libical(body: bytes) -> Spans:
    lib = library()
    calendar = lib.icalparser_parse_string(body)
    found: list[tuple[str, datetime | None, At, At]] = []
    event = lib.icalcomponent_get_first_component(calendar, 4)
    while event:
        of = lib.icalcomponent_get_recurrenceid(event)
        found.append(
            (
                lib.icalcomponent_get_uid(event).decode(),
                None if of.year == 0 else _moment(library_instant(lib, of)),
                library_instant(lib, lib.icalcomponent_get_dtstart(event)),
                library_instant(lib, lib.icalcomponent_get_dtend(event)),
            )
        )
        event = lib.icalcomponent_get_next_component(calendar, 4)
    assert lib.icalcomponent_count_errors(ctypes.c_void_p(calendar)) == 0
    lib.icalcomponent_free(calendar)
    return _spans(found)


def by_node(script: str, folder: Path, body: bytes) -> Any:
    done = subprocess.run(["node", script], cwd=folder, input=body, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def by_node_ical(folder: Path) -> Program:
    """node-ical gives whole days as the machine's own midnights."""

    def read(body: bytes) -> Spans:
        rows = by_node("node_ical.mjs", folder, body)
        return _spans((e["uid"], _instant(e["of"]), _at(e, "starts"), _at(e, "ends")) for e in rows)

    return read


def of_ical_js(events: list[dict[str, Any]]) -> Spans:
    """What instants.mjs prints; it gives days as text, and an entry that replaces an occurrence with its name."""
    return _spans((e["uid"], _instant(e["of"]), _said(e["starts"]), _said(e["ends"])) for e in events)


def _said(at: str | int) -> At:
    return date.fromisoformat(at) if isinstance(at, str) else datetime.fromtimestamp(at / 1000, UTC)


def _at(event: dict[str, Any], name: str) -> At:
    at = datetime.fromtimestamp(event[name] / 1000, UTC)
    return at.astimezone().date() if event["day"] else at


def _instant(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)


def radicale(folder: Path) -> Program:
    """A CalDAV server: each calendar is put there whole and got back as the server keeps it."""
    settings = config.load()
    storage = {"filesystem_folder": str(folder), "_filesystem_fsync": "False"}
    settings.update({"storage": storage, "auth": {"type": "none"}}, "test", privileged=True)
    server = httpx.WSGITransport(app=Application(settings))  # type: ignore[arg-type]
    client = httpx.Client(base_url="http://calendars.example", transport=server, auth=("ours", ""))
    return lambda body: by_icalendar(_kept(client, body))


def _kept(client: httpx.Client, body: bytes) -> bytes:
    put = client.put("/ours/calendar/", content=body, headers={"content-type": "text/calendar; charset=utf-8"})
    assert put.status_code == 201, put.text
    return client.get("/ours/calendar/").content


def by_khal(folder: Path) -> Program:
    """khal takes a file in and keeps an entry a file, as its vdir has it."""

    def read(body: bytes) -> Spans:
        home = folder / f"khal-{time.monotonic_ns()}"
        (home / "ours").mkdir(parents=True)
        (home / "config").write_text(KHAL.format(folder=home))
        (home / "in.ics").write_bytes(body)
        command = [sys.executable, "-m", "khal", "-c", str(home / "config"), "import", "--batch", str(home / "in.ics")]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=_plain(home))
        assert done.returncode == 0, done.stderr
        spans: Spans = {}
        for file in (home / "ours").glob("*.ics"):
            spans.update(by_icalendar(file.read_bytes()))
        return spans

    return read


def _plain(home: Path) -> dict[str, str]:
    return {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "LANG": "C.UTF-8"}


def _named(name: str) -> datetime:
    """An occurrence by its London time, as the library gives its name: 20261104T140000."""
    return datetime.strptime(name[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC if name.endswith("Z") else LONDON)


def _spans(rows: Any) -> Spans:
    return {
        (uid, None if of is None else _moment(of)): (_plainly(starts), _plainly(ends)) for uid, of, starts, ends in rows
    }


def _moment(at: At) -> datetime:
    assert isinstance(at, datetime)
    assert at.tzinfo is not None
    return at.astimezone(UTC)


def _plainly(at: At) -> At:
    return _moment(at) if isinstance(at, datetime) else at
