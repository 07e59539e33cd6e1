"""The power an action rests on, by reference alone: what is left of it, and the form that records it."""

import functools
from collections.abc import Sequence
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import streamlit as st

from planner.inputs.reference import EntryPower, load_entry_powers
from planner.rules.dates import day_words, instant_words
from planner.rules.values import LegalFact
from planner.rules.warrants import Countdown, Tone, countdown, is_night_entry
from planner.rules.windows import local
from planner.rules.words import ActionState, Entries, Nation, Power
from planner.services.legal_basis import MOST_MONTHS, LegalRequest, reissue_warrant, set_legal_basis
from planner.settings import load_settings
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version, instant, words
from planner.ui.widgets import Colour, plain
from planner.views.one_action import OneAction
from planner.work import Desk

ENTRIES = {Entries.ONE: "One", Entries.SEVERAL: "Several"}
COUNTED = (Nation.ENGLAND, Nation.WALES)
MARKS: dict[Tone, tuple[str, Colour]] = {
    Tone.RED: ("✕ ", "red"),
    Tone.AMBER: ("! ", "orange"),
    Tone.QUIET: ("", "gray"),
}
OVER = (ActionState.DONE, ActionState.STOOD_DOWN)


class Stage(StrEnum):
    """How far a warrant has come, as it is typed."""

    ISSUED = "Issued"
    APPLIED_FOR = "Applied for"
    AGAIN = "Issued again"


def left_words(left: Countdown | None) -> str:
    """For a table's cell: ✕ 6 days left."""
    return f"{MARKS[left.tone][0]}{left.short}" if left else "–"


def draw_power_left(one: OneAction) -> None:
    """What is left of the power where little is: a word, a sign and a colour."""
    legal = one.facts.legal
    used = one.row.state in OVER or (one.row.state is ActionState.BEGUN and legal is not None and legal.spent_at)
    left = countdown(legal, local(one.facts.now).date()) if legal and not used else None
    if left is not None and left.tone is not Tone.QUIET:
        mark, colour = MARKS[left.tone]
        st.badge(plain(mark + left.line), color=colour)


def draw_law(desk: Desk, one: OneAction) -> None:
    """What is kept; then only the fields that matter for the power, the nation and how far a warrant has come."""
    now, version = one.facts.legal, drawn_version("law", one.row.version)
    if now:
        st.text(_kept_words(now))
    power = choose("Power", list(Power), show=words, now=now.power if now else None)
    stage = _choose_stage(power, now)
    every = power is Power.WARRANT and stage is not Stage.APPLIED_FOR
    all_premises = every and st.checkbox("It is for all premises, not for named ones", bool(now and now.all_premises))
    with st.form("law", border=True):
        typed = {"power": power, "all_premises": all_premises, **_typed(one, power, stage, all_premises)}
        heard = (typed.pop("hearing_day", None), typed.pop("hearing_time", None))
        if st.form_submit_button("Keep the legal basis"):
            verb = reissue_warrant if stage is Stage.AGAIN else set_legal_basis
            attempt(
                desk,
                lambda work: verb(work, _request(one.row.reference, typed, heard), version=version),
                done="The legal basis is kept.",
            )


def _request(reference: str, typed: dict[str, Any], heard: tuple[Any, Any]) -> LegalRequest:
    """Made within the attempt: what is wrong with it is told as a refusal."""
    return LegalRequest(reference, **typed, hearing_at=instant(*heard) if all(heard) else None)


def _kept_words(now: LegalFact) -> str:
    if now.hearing_at:
        return f"Warrant applied for, reference {now.reference}: it is heard {instant_words(now.hearing_at)}."
    until = f", until {day_words(now.expires_on, year=True)}" if now.expires_on else ""
    spent = f", spent by an entry {instant_words(now.spent_at)}" if now.spent_at else ""
    former = f", in place of {now.former_reference}" if now.former_reference else ""
    return f"{words(now.power)} {now.reference}{former}{until}{spent}."


def _choose_stage(power: Power, now: LegalFact | None) -> Stage:
    if power is not Power.WARRANT:
        return Stage.ISSUED
    issued = now is not None and now.power is Power.WARRANT and now.hearing_at is None
    stages = [Stage.ISSUED, Stage.APPLIED_FOR, *([Stage.AGAIN] if issued else [])]
    kept = Stage.APPLIED_FOR if now and now.hearing_at else Stage.AGAIN if issued and now and now.spent_at else None
    return choose("How far the warrant has come", stages, now=kept)


def _typed(one: OneAction, power: Power, stage: Stage, all_premises: bool) -> dict[str, Any]:
    """The fields of the form by name, beginning with what is kept."""
    now, action = one.facts.legal, one.facts.action
    again = stage is Stage.AGAIN
    same = now if now and now.power is power and (now.hearing_at is not None) == (stage is Stage.APPLIED_FOR) else None
    typed: dict[str, Any] = {
        "statute": _name(power, action.nation, now.statute if now and now.power is power else None),
        "reference": _text("Its reference", same.reference if same and not again else ""),
    }
    if stage is Stage.APPLIED_FOR:
        typed |= _hearing(one, now)
    elif power is Power.WARRANT:
        typed |= _life(action.nation, None if again else same) | _bounds(one, now, all_premises)
    else:
        label = "Last day on which it can be used, where there is one"
        typed["expires_on"] = st.date_input(label, same.text_until if same else None, format="DD/MM/YYYY")
    if is_night_entry(action.starts_at) or (now and now.hour_reason):
        typed["hour_reason"] = _text("Reason for entry between 22:00 and 06:00", now and now.hour_reason)
    return typed | (_direction(now) if action.nation is Nation.SCOTLAND else {})


def _text(label: str, kept: str | None) -> str:
    return st.text_input(label, kept or "") or ""


def _name(power: Power, nation: Nation, kept: str | None) -> str:
    """Names that are used in the nation are offered; any other is typed."""
    offered = [row.title for row in _powers(load_settings().data) if row.nation is nation and row.power is power]
    options = list(dict.fromkeys([*([kept] if kept else []), *offered]))
    return st.selectbox("Name of the power, or type another", options, accept_new_options=True) or ""


@functools.cache
def _powers(data: Path) -> Sequence[EntryPower]:
    return load_entry_powers(data)


def _hearing(one: OneAction, now: LegalFact | None) -> dict[str, Any]:
    kept = local(now.hearing_at) if now and now.hearing_at else None
    tomorrow = local(one.facts.now).date() + timedelta(days=1)
    left, right = st.columns(2)
    return {
        "hearing_day": left.date_input("Heard on", kept.date() if kept else tomorrow, format="DD/MM/YYYY"),
        "hearing_time": right.time_input("Heard at", kept.time() if kept else time(10)),
    }


def _life(nation: Nation, kept: LegalFact | None) -> dict[str, Any]:
    """The earliest of the nation's rule, the statute and the text counts."""
    if nation in COUNTED:
        last = "Last lawful day, where its text says an earlier one than three months"
    else:
        last = "Last lawful day, as the warrant or its statute says"
    left, right = st.columns(2)
    issued = left.date_input("Issued on", kept.issued_on if kept else None, format="DD/MM/YYYY")
    given = "Months that its statute gives, where it does"
    months = right.number_input(given, 1, MOST_MONTHS, kept.statute_months if kept else None)
    return {
        "issued_on": issued,
        "statute_months": int(months) if months else None,
        "expires_on": st.date_input(last, kept.text_until if kept else None, format="DD/MM/YYYY"),
    }


def _bounds(one: OneAction, now: LegalFact | None, all_premises: bool) -> dict[str, Any]:
    """What the warrant lets happen: entries, who may accompany, and where."""
    count = one.facts.action.premises_count
    accompanying = "Functions of other agencies named as accompanying, by the post's title"
    bounds: dict[str, Any] = {
        "entries": choose(
            "Entries it allows", list(ENTRIES), show=lambda item: ENTRIES[item], now=now.entries if now else None
        ),
        "accompanying": _text(accompanying, now and now.accompanying),
    }
    if all_premises or count > 1:
        label = (
            "Each of the premises is authorised, in writing, by an inspector or above"
            if all_premises
            else f"It covers each of the {count} premises, or each is authorised in writing"
        )
        bounds["premises_authority"] = st.checkbox(label, bool(now and now.premises_authority))
    return bounds


def _direction(now: LegalFact | None) -> dict[str, Any]:
    """The procurator fiscal's direction is a step of its own: asked for, given, by reference."""
    left, right = st.columns(2)
    asked = "Procurator fiscal's direction: asked for on"
    return {
        "direction_asked_on": left.date_input(asked, now.direction_asked_on if now else None, format="DD/MM/YYYY"),
        "direction_given_on": right.date_input(
            "Direction given on", now.direction_given_on if now else None, format="DD/MM/YYYY"
        ),
        "direction_reference": _text("The direction's reference, never its contents", now and now.direction_reference),
    }
