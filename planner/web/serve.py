"""`planner serve`: prepare an empty database, check it, then start the app with the shipped settings."""

import os
import sys

from planner import migrations
from planner.db import Database
from planner.services.reference import load_reference
from planner.settings import ROOT, load_settings


def serve(port: int) -> None:
    """Replace this process by the server; refuses with a sentence when the database is not safe to use."""
    settings = load_settings()
    database = Database(settings.database_url)
    if migrations.revision_of(database) is None:
        migrations.upgrade(database)
        with database.write() as session:
            load_reference(session, settings.data)
    migrations.self_check(database)
    database.dispose()
    print(f"Threshold is starting on http://127.0.0.1:{port} (stop it with Ctrl+C).", flush=True)  # noqa: T201
    os.chdir(ROOT)
    words = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port)]
    os.execv(sys.executable, words)
