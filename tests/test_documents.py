"""The documents keep up with the product: every command, setting and check of the gate stands in the README."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from planner.cli import app
from planner.rules.readiness import NAMES
from planner.settings import ROOT

README = (ROOT / "README.md").read_text("utf-8")
MAP = (ROOT / "planner" / "README.md").read_text("utf-8")
SOURCES = "\n".join(path.read_text("utf-8") for path in (ROOT / "planner").rglob("*.py"))


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command that does something, as it is typed after `planner`."""
    if children := getattr(group, "commands", None):
        for name, command in children.items():
            yield from commands(command, (*path, name))
    else:
        yield path


def stands_in_table(path: tuple[str, ...]) -> bool:
    """A row names the first word, and the last one stands in that row."""
    rows = [line for line in README.splitlines() if line.startswith(f"| `planner {path[0]}")]
    return any(path[-1] in re.split(r"[^a-z-]+", row) for row in rows)


@pytest.mark.parametrize("path", list(commands(typer.main.get_command(app))), ids=" ".join)
def test_every_command_is_in_the_readme(path: tuple[str, ...]) -> None:
    assert stands_in_table(path)


def test_every_setting_is_in_the_readme() -> None:
    settings = set(re.findall(r"[\"'](PLANNER_[A-Z_]+)[\"']", SOURCES))

    assert settings
    assert {name for name in settings if f"`{name}`" not in README} == set()


@pytest.mark.parametrize("check", NAMES)
def test_every_check_of_the_gate_is_in_the_readme(check: str) -> None:
    assert f"`{check}`" in README


def test_every_picture_and_path_that_the_readme_names_is_there() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README + MAP)

    assert named
    assert [path for path in named if not ((ROOT / path).exists() or (ROOT / "planner" / path).exists())] == []
