"""What surrounds one action: interpreters, medical, transport, reception and the rest; confirmed or withdrawn."""

from datetime import timedelta
from typing import Any

import streamlit as st

from planner.rules.arrangement_words import Conflict, InterpreterSex
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.values import ArrangementFact
from planner.rules.windows import local
from planner.rules.words import (
    ArrangementKind,
    ArrangementState,
    SiteKind,
)
from planner.services import arrangements
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version, instant, request_key, words
from planner.ui.widgets import empty_state, state_badge
from planner.views import people
from planner.views.one_action import OneAction
from planner.work import Desk

SITES = (SiteKind.COMMUNITY, SiteKind.HEALTH_SITE, SiteKind.CHILDRENS_HOME, SiteKind.REFUGE)
COUNTED = (ArrangementKind.ON_CALL, ArrangementKind.CHILDREN_SERVICE, ArrangementKind.RECEPTION)
WINDOWED = (ArrangementKind.RECEPTION, ArrangementKind.ON_CALL)
LASTING = (ArrangementKind.INTERPRETERS, ArrangementKind.MEDICAL, ArrangementKind.RECEPTION, ArrangementKind.TRANSPORT)
TITLES = {
    ArrangementKind.ON_CALL: "Provider on call, up to high",
    ArrangementKind.ONWARD_ROUTE: "Onward route after the first nights",
    ArrangementKind.CHILDREN_SERVICE: "Children's service",
    ArrangementKind.REGION_INFORMED: "Regional cell's answer",
    ArrangementKind.DECONFLICTION: "Deconfliction outside this system",
}
NOBODY = ""
SEXES = {
    InterpreterSex.BOTH: "women and men",
    InterpreterSex.WOMEN: "women alone",
    InterpreterSex.MEN: "men alone",
}
CONFLICTS = {
    Conflict.NONE: "No conflict of interest declared.",
    Conflict.DECLARED: "A conflict of interest is declared.",
}
COUNTS = {
    ArrangementKind.ON_CALL: "For how many people",
    ArrangementKind.CHILDREN_SERVICE: "Emergency placement for how many children",
    ArrangementKind.RECEPTION: "For how many people in the first 72 hours",
}


def title(kind: ArrangementKind) -> str:
    """What an arrangement is called."""
    return TITLES.get(kind, words(kind))


def draw_arrangements(desk: Desk, one: OneAction) -> None:
    """What is arranged, each with who confirmed it; then record another."""
    rows = sorted(one.facts.arrangements, key=lambda row: row.state is ArrangementState.CONFIRMED)  # unmet first
    if not rows:
        empty_state("Nothing is arranged yet.", "Record below what each partner confirmed: by which post, until when.")
    for row in rows:
        _draw(desk, row)
    st.header("Record what was confirmed")
    have = {row.kind for row in rows}
    drawn = drawn_version("arranged", "-".join(sorted(have)))  # once one is recorded, what is missing is chosen
    kinds = sorted(ArrangementKind, key=lambda kind: kind in have)  # what is missing comes first
    kind = which("What is confirmed", {kind: title(kind) for kind in kinds}, key=drawn)
    kind.say()
    if kind.shown is not None:
        _draw_new(desk, one, kind.shown)


def _draw(desk: Desk, row: ArrangementFact) -> None:
    with st.container(border=True, key=f"arrangement-{row.id}"):
        state_badge(row.state)
        by = f"confirmed by {row.answered_post}" if row.confirmed_at else "to be confirmed again for the new time"
        until = f", until {instant_words(row.until_at)}" if row.until_at else ""
        st.text(f"{title(row.kind)}: {by}{until}.{_more(row)}")
        if row.state is ArrangementState.REQUESTED:
            _draw_again(desk, row)
        with st.expander("Withdraw…"):
            reason = st.text_input("Why it no longer holds", key=f"why-arrangement-{row.id}")
            if st.button("Withdraw this arrangement", key=f"withdraw-arrangement-{row.id}"):
                attempt(
                    desk,
                    lambda work: arrangements.withdraw_arrangement(work, row.id, reason),
                    done=f"{title(row.kind)}: withdrawn.",
                )


def _more(row: ArrangementFact) -> str:
    said = [
        f"For {row.number}." if row.number else "",
        f"From {instant_words(row.from_at)}." if row.from_at else "",
        f"Arrives within {count_words(row.arrives_minutes, 'minute')}." if row.arrives_minutes else "",
        f"Manager: {row.manager_post}." if row.manager_post else "",
        f"Interpreters: {SEXES[row.sex]}." if row.sex else "",
        CONFLICTS[row.conflict_said] if row.conflict_said else "",
        "Ready to convene the nation's own discussion." if row.convenes else "",
        f"Guardianship contact: {row.guardian_post}." if row.guardian_post else "",
        f"{row.languages}." if row.languages else "",
        "By telephone too." if row.telephone else "",
        f"{words(row.site)}." if row.site else "",
        f"In hours: {row.in_hours_post}. Out of hours: {row.out_of_hours_post}." if row.in_hours_post else "",
        f"Reference {row.reference}." if row.reference else "",
    ]
    return " ".join(["", *(text for text in said if text)])


def _draw_again(desk: Desk, row: ArrangementFact) -> None:
    post = st.text_input("Confirmed again by which post", key=f"again-post-{row.id}")
    if st.button("Confirmed again", key=f"again-{row.id}"):
        attempt(
            desk,
            lambda work: arrangements.confirm_again(work, row.id, answered_post=post),
            done=f"{title(row.kind)}: confirmed for the new time.",
        )


def _draw_new(desk: Desk, one: OneAction, kind: ArrangementKind) -> None:
    """Only the questions that this kind of arrangement asks."""
    with desk.reading() as look:
        names = {item.code: item.name for item in people.agencies_near(look, one.facts.action)}
    with st.form(f"arrangement-{kind}", border=True):
        post = st.text_input("Confirmed by which post", placeholder="Duty manager")
        agency = which("Agency", {NOBODY: "None in the directory", **names})
        reference = st.text_input("Their reference")
        more = _asked(one, kind)
        if kind in WINDOWED:
            begin = local(one.row.starts_at)
            opens = st.date_input("There from: day", begin.date(), format="DD/MM/YYYY")
            opens_at = st.time_input("There from: time", begin.time())
        if kind in (*LASTING, ArrangementKind.ON_CALL):
            end = local(one.row.ends_at) + timedelta(hours=one.facts.policy.margin_hours)
            day = st.date_input("Lasts until: day", end.date(), format="DD/MM/YYYY")
            at = st.time_input("Lasts until: time", end.time())
        if st.form_submit_button("Record as confirmed"):
            key = request_key(f"arrangement-{kind}")  # not within the write: a waiting click would break it off there
            attempt(
                desk,
                lambda work: arrangements.confirm_arrangement(
                    work,
                    arrangements.ArrangementRequest(
                        one.row.reference,
                        kind,
                        post,
                        key,
                        agency=agency() or None,
                        reference=reference.strip() or None,
                        from_at=instant(opens, opens_at) if kind in WINDOWED else None,
                        until_at=instant(day, at) if kind in (*LASTING, ArrangementKind.ON_CALL) else None,
                        **more,
                    ),
                ),
                done=f"{title(kind)}: recorded as confirmed.",
                form=f"arrangement-{kind}",
            )


def _asked(one: OneAction, kind: ArrangementKind) -> dict[str, Any]:
    """The answers that one kind of arrangement asks for beside post and reference."""
    more: dict[str, Any] = {}
    if kind is ArrangementKind.INTERPRETERS:
        more["languages"] = st.text_input("Languages", one.facts.action.languages)
        more["telephone"] = st.checkbox("By telephone too")
        more["number"] = int(st.number_input("How many interpreters", 0, 100, 1))
        more["sex"] = choose("Of which sex", list(SEXES), show=SEXES.__getitem__)
        more["conflict_said"] = choose("Conflict of interest", list(CONFLICTS), show=CONFLICTS.__getitem__)
    if kind is ArrangementKind.RECEPTION:
        more["site"] = choose("Kind of site", SITES, show=words)
        more["manager_post"] = st.text_input("Manager of the reception centre, by post") or None
    if kind in COUNTED:
        more["number"] = int(st.number_input(COUNTS[kind], 0, 100, 0))
    if kind is ArrangementKind.ON_CALL:
        more["arrives_minutes"] = int(st.number_input("Arrives within how many minutes", 1, 24 * 60, 60))
    if kind is ArrangementKind.CHILDREN_SERVICE:
        more |= _children()
    return more


def _children() -> dict[str, Any]:
    """Duty managers in and out of hours, readiness to convene, and a guardianship contact where the nation has one."""
    return {
        "in_hours_post": st.text_input("Duty manager in hours") or None,
        "out_of_hours_post": st.text_input("Duty manager out of hours") or None,
        "convenes": st.checkbox("Ready to convene the nation's own discussion of an identified child"),
        "guardian_post": st.text_input("Guardianship contact, by post") or None,
    }
