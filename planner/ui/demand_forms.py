"""How many people to expect at one action, from the preset of its premises or typed; what is said of children."""

import functools
from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from planner.inputs.reference import PremisesPreset, load_premises_presets
from planner.rules.demand import MOST_PEOPLE
from planner.rules.values import DemandFact
from planner.rules.words import Children, Need, Profile
from planner.services import demand
from planner.services.slip_changes import NewNumbers
from planner.settings import load_settings
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version, words
from planner.ui.slip_forms import about_of, ask_first, draw_listed, slip_of
from planner.views.one_action import OneAction
from planner.work import Desk

STEPS = ("low", "likely", "high")
Key = tuple[Profile, Need]
KEYS: tuple[Key, ...] = tuple((profile, need) for need in Need for profile in Profile)


def draw_demand(desk: Desk, one: OneAction) -> None:
    """Low, likely and high for each profile and need; whoever is not expected is folded away."""
    reference, have = one.row.reference, {(line.profile, line.need): line for line in one.facts.demand}
    st.text(_in_words(have.values()) or "Nobody has said yet how many people to expect.")
    premises = one.facts.action.premises_kind
    preset = [line for line in _presets(load_settings().data) if line.premises_kind == premises]
    if preset and st.button(f"Start from the preset for {words(premises).lower()}"):
        for item in preset:
            _put(reference, (item.profile, Need.NONE), (item.low, item.likely, item.high))
    for key in KEYS:
        line = have.get(key)
        _put(reference, key, (line.low, line.likely, line.high) if line else (0, 0, 0), anew=False)
    shown = [key for key in KEYS if key == KEYS[0] or any(_typed(reference, key))]
    version = drawn_version("demand", one.row.version)
    with st.form("demand", border=True):
        for key in shown:
            _numbers(reference, key)
        with st.expander("Others: men, families, children; wheelchair and medical needs"):
            for key in KEYS:
                if key not in shown:
                    _numbers(reference, key)
        reason = st.text_input("If nobody at all: why", one.facts.action.zero_demand_reason or "")
        if st.form_submit_button("Keep this demand"):
            typed = [demand.Line(*key, *_typed(reference, key)) for key in KEYS]
            lines = [line for line in typed if line.low or line.likely or line.high]
            ask_first(
                desk,
                about_of(one, "demand"),
                lambda: slip_of(one, "demand", NewNumbers(tuple(lines), reason), version),
                done="The demand is kept.",
            )
    draw_listed(desk, about_of(one, "demand"))


@functools.cache
def _presets(data: Path) -> tuple[PremisesPreset, ...]:
    return load_premises_presets(data)


def _in_words(lines: Iterable[DemandFact]) -> str:
    said = [
        f"{_name((line.profile, line.need))}: {line.low} low, {line.likely} likely, {line.high} high" for line in lines
    ]
    return ". ".join(said) + "." if said else ""


def _name(key: Key) -> str:
    profile, need = key
    return words(profile) + ("" if need is Need.NONE else f", {need}")


def _slot(reference: str, key: Key, step: str) -> str:
    return f"demand-{reference}-{key[0]}-{key[1]}-{step}"


def _put(reference: str, key: Key, numbers: tuple[int, int, int], *, anew: bool = True) -> None:
    """Numbers for the fields of one line; without `anew` they give way to what is typed."""
    for step, number in zip(STEPS, numbers, strict=True):
        slot = _slot(reference, key, step)
        if anew or slot not in st.session_state:
            st.session_state[slot] = number


def _typed(reference: str, key: Key) -> tuple[int, int, int]:
    low, likely, high = (int(st.session_state[_slot(reference, key, step)]) for step in STEPS)
    return low, likely, high


def _numbers(reference: str, key: Key) -> None:
    for step, column in zip(STEPS, st.columns(3), strict=True):
        column.number_input(f"{_name(key)}: {step}", 0, MOST_PEOPLE, key=_slot(reference, key, step))


def draw_children(desk: Desk, one: OneAction) -> None:
    """Unknown until said; none needs a reason and agreement."""
    now, version = one.facts.action, drawn_version("children", one.row.version)
    if now.children is Children.NONE:
        st.text(f"None expected: {now.children_reason} Agreed by {now.children_agreed_by}.")
    with st.form("children", border=True):
        children = choose("Children", list(Children), show=words, now=now.children)
        number = st.number_input("How many, where expected", 0, 100, now.children_number)
        reason = st.text_input("If none: the reason", now.children_reason or "")
        agreed_by = st.text_input(
            "If none: which children's representative agrees, by post", now.children_agreed_by or ""
        )
        if st.form_submit_button("Keep what is said of children"):
            attempt(
                desk,
                lambda work: demand.set_children(
                    work,
                    one.row.reference,
                    children,
                    number=int(number),
                    reason=reason,
                    agreed_by=agreed_by,
                    version=version,
                ),
                done="What is said of children is kept.",
            )
