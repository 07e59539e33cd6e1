"""A page's first statement opens its desk: signed in, allowed, recorded; the only door to the database."""

import functools
import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st
from sqlmodel import select

from planner.access import closed_to, opens
from planner.actors import Actor, actor_at
from planner.db import Database
from planner.errors import NothingChosen, PlannerError, ProofNeeded, Questioned, Stale
from planner.models.operations import Operation
from planner.rules.words import Marking, Outcome
from planner.services.checkpoints import witness_of
from planner.services.sessions import check_session
from planner.settings import load_settings
from planner.ui.choices import begin_page
from planner.ui.forms import draw_anew, kept, kept_here, kept_just_now, pressed_again
from planner.ui.looks import FLASH, ask_to_look, forget_looks, looked_at, say_next
from planner.views.markings import highest_held
from planner.work import Desk, Look, utc_now

T = TypeVar("T")
log = logging.getLogger("planner")
VIEWED_AGAIN_MINUTES = 15
LINGERS_SECONDS = 4
BY_DEVICE = "by_device"


class Page(NamedTuple):
    """A page's title, and whether it is reached only by a link; access says to whom it opens."""

    title: str
    hidden: bool = False


class Standing(NamedTuple):
    """Who sits there with which posts, and the closed actions that they may not see."""

    actor: Actor
    closed: tuple[int, ...]


PAGES: dict[str, Page] = {
    "today": Page("Today"),
    "my_part": Page("My part"),
    "operation": Page("Operation"),
    "actions": Page("Actions"),
    "action": Page("Action", hidden=True),
    "calendar": Page("Calendar"),
    "roles": Page("Roles"),
    "conferences": Page("Conferences"),
    "care": Page("Care"),
    "go_ahead": Page("Go-ahead"),
    "directory": Page("Directory"),
    "account": Page("Your account", hidden=True),
    "accounts": Page("Accounts"),
    "record": Page("Record"),
}


@functools.cache
def _database(url: str) -> Database:
    return Database(url)


def database() -> Database:
    return _database(load_settings().database_url)


def session_hash() -> str:
    """The hash of this browser's session; the token itself never reaches a page."""
    return str(st.user.get("sid") or "")


def standing() -> Standing | None:
    """What this session reaches, None once it has ended; asking is no activity."""
    seen = check_session(database(), session_hash(), utc_now(), active=False)
    if seen is None:
        return None
    with Desk(database(), seen.person_id).reading() as look:
        return Standing(look.actor, closed_to(look))


def session_actor() -> Actor | None:
    """Who sits at this page and just did something; None when the session has ended."""
    now = utc_now()
    seen = check_session(database(), session_hash(), now, active=True)
    if seen is None:
        return None
    with database().read() as session:
        return replace(actor_at(session, seen.person_id, now), device=seen.device)


def marking_of(actor: Actor) -> Marking:
    """The highest marking of what this person may come upon: the frame says it, and every page of several things."""
    with Desk(database(), actor.person_id).reading() as look:
        return highest_held(look)


def holds_exercise() -> bool:
    with database().read() as session:
        return session.exec(select(Operation.id).where(Operation.exercise)).first() is not None


def asked_page() -> str:
    """The page that the browser's address names; nothing for the first one."""
    return urlsplit(st.context.url or "").path.strip("/")


def signed_out() -> None:
    """What stands in place of every page once the session has ended; signing in leads back to it."""
    query = urlencode(st.query_params.to_dict())
    address = f"/{asked_page()}" + (f"?{query}" if query else "")
    st.title("You are signed out", anchor=False)
    st.text("Your session has ended. Sign in again to go on.")
    st.html(f'<a href="/login?next={quote(address, safe="")}" target="_self" style="color:inherit">Sign in again</a>')


def open_desk(page: str, *, about: str | Callable[[Look], str] = "") -> Desk:
    """The desk of a page; the view is recorded before anything is drawn. Missing and forbidden answer alike.

    What it is about may be found by a look.
    """
    actor = session_actor()
    if actor is None:
        signed_out()
        st.stop()
    if not opens(actor, page):
        not_here()
    st.session_state[BY_DEVICE] = actor.device
    desk = Desk(database(), actor.person_id, witness=witness_of(load_settings().checkpoints))
    if not isinstance(about, str):
        with desk.reading() as look:
            about = about(look)
    if st.session_state.get("open_page") != (page, about):
        st.session_state["open_page"] = (page, about)
        draw_anew()
        begin_page()
    record_view(desk, page, about)
    return desk


def not_here() -> None:
    """The one answer for a page that is missing and one that is forbidden."""
    st.title("Not found", anchor=False)
    st.text("There is no such page, or none that you can open.")
    st.html('<a href="/" target="_self" style="color:inherit">Go to Today</a>')
    st.stop()


def record_view(desk: Desk, page: str, about: str) -> None:
    """Once a session, page and object in a quarter of an hour."""
    viewed: dict[str, datetime] = st.session_state.setdefault("viewed", {})
    key, now = f"{page}:{about}", utc_now()
    last = viewed.get(key)
    if last is not None and (now - last).total_seconds() < VIEWED_AGAIN_MINUTES * 60:
        return
    with desk.writing() as work:
        work.record("view", f"{PAGES[page].title} was opened.", kind="page", ref=about or page, outcome=Outcome.VIEWED)
    viewed[key] = now


def show_flash() -> None:
    """Say it, and say it again where a second click draws the page anew before anybody could read it.

    What was done on another page, or on the page of another thing, is not said here. Its place is there without it too,
    so that what stands below keeps its own; on a page that is scrolled it stays at the top of the screen (look.css).
    """
    place, flashes = st.container(key=FLASH), kept_here(FLASH)
    lingered = "shown_at" in flashes and monotonic() - flashes["shown_at"] >= LINGERS_SECONDS
    if lingered or flashes.get("page") != st.session_state.get("open_page"):
        flashes.clear()
    if "sentence" not in flashes:
        return
    flashes.setdefault("shown_at", monotonic())
    with place.container(border=True, key="flash-said"):
        st.text(f"✓ {flashes['sentence']}")


def attempt(desk: Desk, verb: Callable[[Any], T], *, done: str | Callable[[T], str], form: str = "") -> None:
    """Run one verb in one transaction, say what came of it, and draw the page again.

    `form` names the form of a new request: once it is kept, the next one gets a key of its own. The second press of
    a double click waits meanwhile and breaks in at the next look into the session: what is to be said stands by then.
    """
    if form and pressed_again(form):
        return
    flashes, page = kept_here(FLASH), st.session_state.get("open_page")
    try:
        with desk.writing(looked_at=looked_at()) as work:
            answer = verb(work)
            said = done if isinstance(done, str) else done(answer)
    except Exception as error:
        tell_refusal(error)
        return
    say_next(flashes, said, page=page)
    kept(form)
    draw_anew()
    forget_looks()
    st.rerun()


def tell_refusal(error: Exception) -> None:
    """Why it was refused, and the way on."""
    if isinstance(error, NothingChosen) and kept_just_now():
        return  # the second press of a double click: what the first did is said
    if isinstance(error, Stale):
        draw_anew()  # the next press is for what is kept now, which the page shows beside what was typed
    tell_trouble(error)
    if isinstance(error, Questioned):
        ask_to_look(error)
    if isinstance(error, ProofNeeded):
        _lead_to_prove()


def _lead_to_prove() -> None:
    """A plain page takes the password, and leads back to this one."""
    page, _ = st.session_state["open_page"]
    st.html(f'<a href="/login/prove?next=/{page}" target="_self" style="color:inherit">Give your password again</a>')


def tell_trouble(error: Exception) -> bool:
    """A sentence for whatever was not caught: no traceback leaves the server's log. True: it has been told."""
    if isinstance(error, PlannerError):
        refuse(str(error))
        return True
    number = secrets.token_hex(4)
    log.error("unexpected error %s", number, exc_info=error)
    refuse(f"Something went wrong; what was not confirmed was not written. Tell the cell this number: {number}.")
    return True


def refuse(sentence: str) -> None:
    """A refusal in a box of its own, as plain text: free text in it is never drawn as Markdown."""
    with st.container(border=True, key=f"refusal_{secrets.token_hex(3)}"):
        st.markdown(":red-badge[✕ Refused]")
        st.text(sentence)
