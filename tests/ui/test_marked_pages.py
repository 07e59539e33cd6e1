"""Every page says how it is to be treated: its one header carries the marking."""

import ast
from pathlib import Path

import pytest

from planner.settings import ROOT


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda page: page.stem)
def test_every_page_has_the_header_that_carries_the_marking(page: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(page.read_text("utf-8"))) if isinstance(node, ast.Call)]

    headers = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "page_header"]

    assert len(headers) >= 1
