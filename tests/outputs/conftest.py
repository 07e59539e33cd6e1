"""ical.js, installed once a run from a locked list, so that a third program reads what we write."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

NODE = Path(__file__).parent.parent / "node"

Read = Callable[[bytes], dict[str, Any]]


@pytest.fixture(scope="session")
def ical_js(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """A reader: a file's bytes in, what ical.js makes of them out."""
    folder = tmp_path_factory.mktemp("node")
    shutil.copytree(NODE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
    _install(folder)

    def read(body: bytes) -> dict[str, Any]:
        command = ["node", "instants.mjs"]
        done = subprocess.run(command, cwd=folder, input=body, capture_output=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr.decode()
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return read


def _install(folder: Path) -> None:
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    if shutil.which("npm") is None:
        _missing("npm is not installed")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        _missing(f"npm could not install ical.js: {done.stderr[-300:]}")


def _missing(why: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)
