"""What some tests need from the machine: missing, it skips here and fails where CI is set."""

import os
import shutil
from ctypes.util import find_library
from pathlib import Path

import pytest

INSTALL = {
    "postgres": "PostgreSQL's server binaries (apt-get install postgresql)",
    "browser": "Chromium (apt-get install chromium)",
    "libical": "libical (apt-get install libical3)",
    "node": "Node.js and npm (apt-get install nodejs npm)",
}


def postgres_binaries() -> Path | None:
    """The folder of initdb and postgres: on the path, or Debian's newest version beside it."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((v.parent for v in versions), key=lambda folder: int(folder.parent.name), default=None)


def chromium(*, whole: bool = False) -> str | None:
    """The engine without its window's own pages, where it is there: these take a third of the processor.

    `whole`: rather the browser that people have, where speed is measured.
    """
    people_have, small = ("chromium", "chromium-browser", "google-chrome"), ("chromium-headless-shell",)
    names = people_have + small if whole else small + people_have
    return next((found for name in names if (found := shutil.which(name))), None)


def present(tool: str) -> bool:
    if tool == "postgres":
        return postgres_binaries() is not None
    if tool == "browser":
        return chromium() is not None
    if tool == "libical":
        return find_library("ical") is not None
    return shutil.which("node") is not None and shutil.which("npm") is not None


def need(tool: str) -> None:
    """Skip the calling test without this tool; fail it where CI is set, so that nothing is skipped unseen."""
    if present(tool):
        return
    if os.environ.get("CI"):
        pytest.fail(f"needs {INSTALL[tool]}", pytrace=False)
    pytest.skip(f"needs {INSTALL[tool]}")
