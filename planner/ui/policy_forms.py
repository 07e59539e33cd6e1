"""The gate's policy on the Operation page: what is in force for whom, another version with a reason, every version."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.decided import Material
from planner.rules.policy_terms import ALWAYS_BLOCK, BY_NAME, TERMS, Term, Terms, check_words, value_words
from planner.rules.readiness import NAMES
from planner.services import policy
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import drawn_version, words
from planner.ui.rows import draw_rows
from planner.views.operation import OperationRow
from planner.views.policy import PolicyBoard, Scope, Version, policy_board
from planner.work import Desk

CHECKS = [name for name in NAMES if name not in ALWAYS_BLOCK]


def draw_policy(desk: Desk, row: OperationRow) -> None:
    """What the gate asks of every action, and who may ask for more."""
    with desk.reading() as look:
        board = policy_board(look, row.id)
    st.header("What the gate asks")
    names = [scope.name for scope in board.scopes]
    mine = next((scope.name for scope in board.scopes if scope.may_change), names[0])
    chosen = which("For", names, now=mine, key=str(row.id))
    chosen.say()
    for scope in [item for item in board.scopes if item.name == chosen.shown]:
        _draw_terms(scope)
        if scope.may_change:
            with st.expander("Change this policy"):
                _draw_form(desk, row, scope, board)
    st.header("How it came to be")
    for version in board.versions:
        st.text(_said(version))


def _draw_terms(scope: Scope) -> None:
    st.text(
        "This is the minimum for every nation and force."
        if scope.minimum is None
        else f"{scope.name} may ask for more than the minimum, never for less. The stricter of the two counts."
    )
    cells = [
        (
            term.title,
            value_words(term, getattr(scope.terms, term.name)).capitalize(),
            *([value_words(term, getattr(scope.minimum, term.name)).capitalize()] if scope.minimum else []),
        )
        for term in TERMS
    ]
    columns = ("What", "In force", "Minimum")[: len(cells[0])]
    draw_rows("The policy in force", columns, cells)


def _draw_form(desk: Desk, row: OperationRow, scope: Scope, board: PolicyBoard) -> None:
    """Every term in plain words with its minimum beside it; the reason is the national Gold's or the force's own."""
    key = f"policy-{row.id}-{scope.name}"
    version = drawn_version(key, scope.version)
    if board.given:
        st.text(
            f"{count_words(board.given, 'go-ahead was', 'go-aheads were')} given under the policy as it is. "
            "Those that another one binds are spent, and are given anew."
        )
    with st.form(key, border=True):
        terms = _typed(f"{key}-{version}", scope)  # another version is drawn anew: no field brings an old value back
        reason = st.text_input("Why it is changed", key=f"{key}-reason")
        if st.form_submit_button("Keep this policy"):
            verb = policy.set_policy if scope.force is None else policy.tighten_policy
            attempt(
                desk,
                lambda work: verb(
                    work,
                    policy.PolicyRequest(row.code, terms, reason, scope.nation, scope.force, version),
                ),
                done="The policy is kept. Every Gold whom it binds is told.",
            )


def _typed(key: str, scope: Scope) -> Terms:
    now, least = scope.terms, scope.minimum
    blocks = st.multiselect(
        _label("Checks that block, beside the legal basis", "blocks", least),
        CHECKS,
        default=[name for name in CHECKS if name in now.blocks],
        format_func=words,
        key=f"{key}-blocks",
    )
    plain = [term for term in TERMS if not isinstance(getattr(now, term.name), frozenset)]
    values: dict[str, int | bool] = {}
    for pair in (plain[at : at + 2] for at in range(0, len(plain), 2)):
        for column, term in zip(st.columns(2, vertical_alignment="bottom"), pair, strict=False):
            with column:
                values[term.name] = _type_one(f"{key}-{term.name}", term, getattr(now, term.name), least)
    material = st.multiselect(
        _label(BY_NAME["conference_material"].title, "conference_material", least),
        list(Material),
        default=[item for item in Material if item in now.conference_material],
        format_func=words,
        key=f"{key}-material",
    )
    kept = ALWAYS_BLOCK | frozenset(blocks)
    return Terms(blocks=kept, conference_material=frozenset(map(str, material)), **values)  # type: ignore[arg-type]


def _type_one(key: str, term: Term, now: int | bool, least: Terms | None) -> int | bool:
    title = _label(term.title, term.name, least)
    if isinstance(now, bool):
        return st.checkbox(title, now, key=key)
    return st.number_input(title, min_value=term.least, max_value=term.most, value=now, key=key)


def _label(title: str, name: str, least: Terms | None) -> str:
    """A field's name with its bound, which a screen reader reads out with it; all of it our own words."""
    term = BY_NAME[name]
    if term.noun and term.noun not in title.casefold():
        title += f", in {term.plural or term.noun + 's'}"
    value = getattr(least, name) if least else None
    if isinstance(value, frozenset):
        return f"{title} (at least: {', '.join(sorted(map(check_words, value))) or 'none'})"
    if isinstance(value, bool):
        return f"{title} (required)" if value else title
    return title if value is None else f"{title} (at {'most' if term.stricter is min else 'least'} {value})"


def _said(version: Version) -> str:
    by = f" by {version.by}" if version.by else ""
    changed = "; ".join(version.said)
    what = f" {changed}." if changed else ""
    return (
        f"{version.scope}, version {version.version}, {instant_words(version.at)}{by}.{what} Reason: {version.reason}"
    )
