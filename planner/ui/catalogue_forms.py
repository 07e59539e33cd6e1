"""The role catalogue: every post with its responsibilities and history; changed, added and retired by the cell."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from planner import access
from planner.rules.catalogue import LONGEST_ANSWER_HOURS, MOST_NEEDED, effect_words
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.role_words import Concern
from planner.rules.windows import local
from planner.rules.words import ActionKind, AgencyKind, Nation
from planner.services import catalogue
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import words
from planner.ui.widgets import plain
from planner.views import catalogue as view
from planner.work import Desk

NEW = view.PostRow("", 0, "", "", (), (), (), False, False, 1, False, 24, (), None)
ON_ENTRY = "On entry: goes in with the first team"
ON_ENTRY_HELP = "A warrant must then name the function as accompanying, by its title, where another agency fills it."
ASKED_AGAIN = "Asked again when these change, beside the time"


def draw_catalogue(desk: Desk) -> None:
    """Every post, what it answers for and how it came to be so; below, the cell's form."""
    with desk.reading() as look:
        posts, histories = view.posts(look), view.histories(look)
        revises = access.may(look, access.Verb.REVISE_ROLES)
    st.header("Roles and responsibilities")
    for post in posts:
        with st.expander(plain(post.title) + _standing(post)):
            st.text(post.responsibilities)
            st.text(_terms(post))
            st.text("\n".join(_version(row) for row in histories.get(post.code, ())))
    if revises:
        with st.expander("Change, add or retire a post"):
            _draw_change(desk, posts)


def _standing(post: view.PostRow) -> str:
    if post.retired_at:
        return " (retired)"
    return " (required)" if post.required else ""


def _terms(post: view.PostRow) -> str:
    """Who may fill it, on which actions, how many, and by when they answer."""
    who = f"For {_listed(post.agency_kinds)}."
    where = f" On {_listed(post.action_kinds)} actions." if post.action_kinds else ""
    nations = f" In {', '.join(words(nation) for nation in post.nations)}." if post.nations else ""
    number = f" {post.needed} an action." if post.needed > 1 else ""
    trained = " Needs a current course on recognising a victim." if post.needs_training else ""
    entry = " On entry." if post.on_entry else ""
    return f"{who}{where}{nations}{number}{entry}{trained} {count_words(post.answer_hours, 'hour')} to answer."


def _listed(values: Sequence[str]) -> str:
    return ", ".join(words(value).lower() for value in values)


def _version(row: view.VersionRow) -> str:
    """Version 2, Tue 24 November 2026, Cell duty officer: why."""
    if row.made_at is None:
        return f"Version {row.version}: {row.source}, {row.source_date}."
    return f"Version {row.version}, {day_words(local(row.made_at).date(), year=True)}, {row.by}: {row.reason}"


def _draw_change(desk: Desk, posts: Sequence[view.PostRow]) -> None:
    by_code = {NEW.code: NEW, **{post.code: post for post in posts}}
    code = which("Which post", {code: post.title or "A new post" for code, post in by_code.items()})
    if code.shown is None:
        code.say()
        return
    post = by_code[code.shown]
    st.text("Offers keep the version they were made with; what is offered from now on has the new one.")
    typed = _typed(post)
    reason = st.text_input("Why it is changed", key=_key("reason", post))
    with desk.reading() as look:
        st.text(_effect(look, post, typed))
    label = f"Keep as version {post.version + 1}" if post.version else "Add this post"
    if st.button(label, key=_key("keep", post)):
        _keep(desk, post, typed, reason)
    if post.version and post.retired_at is None and st.button("Retire this post", key=_key("retire", post)):
        attempt(
            desk,
            lambda work: catalogue.retire_role(work, post.code, reason, version=post.version),
            done=lambda kept: kept.sentence,
        )


def _key(field: str, post: view.PostRow) -> str:
    return f"post-{field}-{post.code}-{post.version}"


def _typed(post: view.PostRow) -> dict[str, Any]:
    """The fields of a version by name, beginning with what stands."""

    def several(name: str, label: str, kind: Any, now: Sequence[str], empty: str) -> tuple[Any, ...]:
        chosen = [kind(value) for value in now]
        return tuple(
            st.multiselect(label, list(kind), chosen, format_func=words, placeholder=empty, key=_key(name, post))
        )

    title = st.text_input("Title", post.title, key=_key("title", post))
    duties = st.text_area(
        "Responsibilities, one plain sentence a line", post.responsibilities, key=_key("duties", post)
    )
    concerns = list(Concern) if post.concerns is None else post.concerns
    return {
        "title": title,
        "responsibilities": tuple(line.strip() for line in duties.splitlines() if line.strip()),
        "agency_kinds": several("agencies", "Who may fill it", AgencyKind, post.agency_kinds, "Choose at least one"),
        "action_kinds": several("actions", "On which actions", ActionKind, post.action_kinds, "Every kind of action"),
        "nations": several("nations", "In which nations", Nation, post.nations, "Every nation"),
        "concerns": several("concerns", ASKED_AGAIN, Concern, concerns, "The time alone"),
        **_ticked(post),
    }


def _ticked(post: view.PostRow) -> dict[str, Any]:
    required = "Required: the gate stays shut without it"
    return {
        "required": st.checkbox(required, post.required, key=_key("required", post)),
        "on_entry": st.checkbox(ON_ENTRY, post.on_entry, help=ON_ENTRY_HELP, key=_key("entry", post)),
        "needs_training": st.checkbox(
            "Needs a current course on recognising a victim", post.needs_training, key=_key("training", post)
        ),
        "needed": int(st.number_input("How many an action needs", 1, MOST_NEEDED, post.needed, key=_key("need", post))),
        "answer_hours": int(
            st.number_input("Hours to answer", 1, LONGEST_ANSWER_HOURS, post.answer_hours, key=_key("hours", post))
        ),
    }


def _effect(look: Any, post: view.PostRow, typed: dict[str, Any]) -> str:
    """What keeping it does to gates: to those that will ask for it, or that ask for it no longer."""
    required = typed["required"]
    kinds, nations = (typed["action_kinds"], typed["nations"]) if required else (post.action_kinds, post.nations)
    found = view.effect(look, post.code, typed["needed"], kinds=kinds, nations=nations)
    entry = f" {ON_ENTRY_HELP}" if typed["on_entry"] else ""
    return effect_words(found, required=required, before=post.required) + entry


def _keep(desk: Desk, post: view.PostRow, typed: dict[str, Any], reason: str) -> None:
    attempt(
        desk,
        lambda work: catalogue.revise_role(
            work, catalogue.CatalogueRequest(code=post.code, **typed), reason, version=post.version or None
        ),
        done=lambda kept: kept.sentence,
    )
