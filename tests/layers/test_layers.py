"""The house's rules about itself, and for each a bad text that shows the rule can fail."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.layers import checkers
from tests.layers.checkers import ROOT, Check, offences, source_files

PRODUCT = ("planner", "pages", "streamlit_app.py")
EXCEPT_DB = [path for path in source_files(*PRODUCT) if path != ROOT / "planner/db.py"]
BEHIND_THE_SCREEN = ("models", "rules", "scheduling", "services", "views", "inputs", "outputs", "web", "migrations")

# The rules themselves must name what they forbid.
ELSEWHERE = [path for path in source_files(*PRODUCT, "tests") if path.parent != Path(__file__).parent]
# Migrations are history: generated once, then never edited, however long.
EDITED = [path for path in source_files(*PRODUCT) if "versions" not in path.parts]

HOUSE: dict[Check, list[Path]] = {
    checkers.beyond_the_standard_library: source_files("planner/rules"),
    checkers.reaching_past_the_desk: source_files("pages"),
    checkers.drawing: source_files(*(f"planner/{name}" for name in BEHIND_THE_SCREEN)),
    checkers.commits: EXCEPT_DB,
    checkers.unsafe_drawing: source_files(*PRODUCT),
    checkers.cut_as_it_is_typed: source_files(*PRODUCT),
    checkers.choosing_what_may_vanish: source_files("planner/ui", "pages"),
    checkers.left_undone: ELSEWHERE,
    checkers.too_long: EDITED,
    checkers.words_of_its_making: ELSEWHERE,
    checkers.places_on_a_machine: source_files(*PRODUCT),
}
BAD: list[tuple[Check, str]] = [
    (checkers.beyond_the_standard_library, "import pandas"),
    (checkers.beyond_the_standard_library, "from planner.models.care import Hold"),
    (checkers.beyond_the_standard_library, "def f():\n    import sqlalchemy"),
    (checkers.beyond_the_standard_library, "from ..db import Database"),
    (checkers.reaching_past_the_desk, "from planner.models import care"),
    (checkers.reaching_past_the_desk, "from planner import db"),
    (checkers.reaching_past_the_desk, "import sqlalchemy as sa"),
    (checkers.drawing, "import streamlit as st"),
    (checkers.commits, "session.commit()"),
    (checkers.commits, "work.session.connection().commit()"),
    (checkers.unsafe_drawing, "st.markdown(text, unsafe_allow_html=True)"),
    (checkers.unsafe_drawing, "@st.cache_data\ndef f(): ..."),
    (checkers.unsafe_drawing, "from streamlit import cache_data"),
    (checkers.unsafe_drawing, "st.map(frame)"),
    (checkers.cut_as_it_is_typed, "st.text_input(label, max_chars=8)"),
    (checkers.choosing_what_may_vanish, 'st.selectbox("Whose link", titles)'),
    (checkers.choosing_what_may_vanish, 'choose("Unit", list(units), show=units.get)'),
    (checkers.choosing_what_may_vanish, 'column.multiselect("Agencies", options=[ANY, *agencies])'),
    (checkers.left_undone, "# TO" + "DO: finish"),
    (checkers.left_undone, "raise NotImplemented" + "Error"),
    (checkers.too_long, "x = 1\n" * 251),
    (checkers.too_long, "def f():\n" + "    x = 1\n" * 40),
    (checkers.words_of_its_making, "# see the sub" + "agent's notes"),
    (checkers.places_on_a_machine, 'open("/ho' + 'me/anna/plan.db")'),
]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "planner/README.md")]


def _name(check: object) -> str:
    return getattr(check, "__name__", "")


@pytest.mark.parametrize("check", HOUSE, ids=_name)
def test_the_house_keeps_its_rules(check: Check) -> None:
    assert offences(check, HOUSE[check]) == []


@pytest.mark.parametrize(("check", "bad"), BAD, ids=_name)
def test_each_rule_finds_a_bad_text(check: Check, bad: str) -> None:
    assert check(Path("bad.py"), bad)


def test_each_rule_has_a_bad_text() -> None:
    assert {check for check, _ in BAD} == set(HOUSE)


GOOD = '''
"""Lengths of windows: a commit or a TO-DO in a sentence is no offence, and nor is st.map in a docstring."""
from datetime import datetime
from planner.rules.words import Post


def longest(at: datetime) -> Post:
    choose("Post", [ANY, *list(Post)[::-1]])
    return max(map(str, [at]))
'''


@pytest.mark.parametrize("check", HOUSE, ids=_name)
def test_no_rule_finds_fault_with_a_good_text(check: Check) -> None:
    assert check(Path("good.py"), GOOD) == []


def test_the_rules_are_looked_for_where_code_is() -> None:
    assert len(source_files("planner/rules")) > 5
    assert len(source_files(*PRODUCT)) > 20


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.exists()], ids=lambda path: path.name)
def test_documents_speak_of_the_product_alone(path: Path) -> None:
    text = path.read_text("utf-8")

    assert checkers.words_of_its_making(path, text) == []
    assert checkers.places_on_a_machine(path, text) == []


def test_the_import_contracts_are_kept() -> None:
    said = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True
    )

    assert said.returncode == 0, said.stdout[-3000:]
