"""`planner serve`: prepare an empty database, check it, then start the app with the shipped settings."""

import os
import runpy
import sys
from urllib.parse import urlsplit

from planner import migrations
from planner.db import Database
from planner.services.reference import load_reference
from planner.settings import ROOT, Settings, load_settings

PROXY_UNNAMED = (
    "The public address is https, but PLANNER_PROXIES names no proxy: failed sign-ins are counted for everybody "
    "together, so that one person's can pause all. Give the proxy's address, for example PLANNER_PROXIES=127.0.0.1."
)


def prepared(settings: Settings) -> Database:
    """The database, brought to head with reference data where it is bare, and checked."""
    database = Database(settings.database_url)
    if migrations.revision_of(database) is None:
        migrations.upgrade(database)
        with database.write() as session:
            load_reference(session, settings.data)
    migrations.self_check(database)
    return database


def serve(port: int) -> None:
    """Become the server; refuses with a sentence when the database is not safe to use."""
    settings = load_settings()
    prepared(settings).dispose()
    url = os.environ.setdefault("PLANNER_PUBLIC_URL", f"http://127.0.0.1:{port}")  # letters and calendars lead here
    print(f"Threshold is starting on {url} (stop it with Ctrl+C).", flush=True)  # noqa: T201
    if url.startswith("https:") and not settings.proxies:
        print(PROXY_UNNAMED, flush=True)  # noqa: T201
    # The server below us would believe anybody on this machine: who is believed stands in PLANNER_PROXIES alone.
    os.environ["FORWARDED_ALLOW_IPS"] = ""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    sys.argv = ["streamlit", "run", "streamlit_app.py", "--server.port", str(port), *_host_words(url)]
    # In this process: another one would import everything once more, a second before the first page.
    runpy.run_module("streamlit", run_name="__main__")


def _host_words(url: str) -> list[str]:
    """Streamlit checks the websocket's host itself; it must know the public one too."""
    host = urlsplit(url).hostname or "127.0.0.1"
    hosts = sorted({"localhost", "127.0.0.1", host})
    return [word for name in hosts for word in ("--server.allowedHosts", name)] + ["--browser.serverAddress", host]
