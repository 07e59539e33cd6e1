"""ical.js and node-ical, installed once a run from a locked list: programs that read what we write."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.outputs.programs import by_node

NODE = Path(__file__).parent.parent / "node"

Read = Callable[[bytes], dict[str, Any]]


@pytest.fixture(scope="session")
def node_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where ical.js and node-ical are installed, with the scripts that ask them."""
    folder = tmp_path_factory.mktemp("node")
    shutil.copytree(NODE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
    _install(folder)
    return folder


@pytest.fixture(scope="session")
def ical_js(node_folder: Path) -> Read:
    """A reader: a file's bytes in, what ical.js makes of them out."""

    def read(body: bytes) -> dict[str, Any]:
        found: dict[str, Any] = by_node("instants.mjs", node_folder, body)
        return found

    return read


def _install(folder: Path) -> None:
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    if shutil.which("npm") is None:
        _missing("npm is not installed")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        _missing(f"npm could not install what reads calendars: {done.stderr[-300:]}")


def _missing(why: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)
