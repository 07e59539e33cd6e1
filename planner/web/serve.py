"""`planner serve`: prepare an empty database, check it, then start the app with the shipped settings."""

import os
import sys
from urllib.parse import urlsplit

from planner import migrations
from planner.db import Database
from planner.services.reference import load_reference
from planner.settings import ROOT, Settings, load_settings


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
    """Replace this process by the server; refuses with a sentence when the database is not safe to use."""
    settings = load_settings()
    prepared(settings).dispose()
    url = settings.public_url if "PLANNER_PUBLIC_URL" in os.environ else f"http://127.0.0.1:{port}"
    print(f"Threshold is starting on {url} (stop it with Ctrl+C).", flush=True)  # noqa: T201
    os.chdir(ROOT)
    os.environ.setdefault("PYTHONPATH", str(ROOT))
    words = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port)]
    os.execv(sys.executable, [*words, *_host_words(url)])


def _host_words(url: str) -> list[str]:
    """Streamlit checks the websocket's host itself; it must know the public one too."""
    host = urlsplit(url).hostname or "127.0.0.1"
    hosts = sorted({"localhost", "127.0.0.1", host})
    return [word for name in hosts for word in ("--server.allowedHosts", name)] + ["--browser.serverAddress", host]
