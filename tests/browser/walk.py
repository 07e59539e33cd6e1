"""People at their own browsers in the exercise: sign in, open a page, fill a form, press a button, read the answer."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from sqlmodel import col, select

from planner.db import Database
from planner.models.accounts import Account
from planner.models.care import Hold, Provider, Unit, UnitProfile, UnitZone
from planner.models.directory import Appointment
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.words import OfferState, Post, Profile
from tests.browser.conftest import ROOT, go_on, settled

PASSWORD = "exercise"
PATIENCE_MS = 45_000
MOST_PRESSES, SEEN_MS = 4, 8_000
PLANNER = "import sys; from planner.cli import main; sys.exit(main())"


@dataclass(frozen=True)
class Exercise:
    """A server with the exercise, and the folder and database behind it."""

    address: str
    var: Path
    database: Database


@dataclass
class Visitor:
    """One person at one browser."""

    page: Page
    address: str

    def sign_in(self, name: str) -> "Visitor":
        self.page.goto(f"{self.address}/login")
        self.page.get_by_label("User name").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        settled(self.page)
        return self

    def open(self, path: str, tab: str | None = None) -> "Visitor":
        go_on(self.page, f"{self.address}/{path}")
        if "/login" in self.page.url:  # a page of its own, without Streamlit
            self.page.locator("h1").wait_for()
            return self
        settled(self.page)
        if tab:
            self.page.get_by_role("tab", name=tab, exact=True).click()
        return self

    def press(self, name: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=name, exact=True).first.click()

    def fill(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Type into the visible field of this label and leave it, as Streamlit reads a field when it is left."""
        field = (within or self.page).get_by_label(label, exact=True).locator("visible=true").first
        field.fill(text)
        field.press("Tab")
        self.page.wait_for_timeout(300)
        settled(self.page)

    def pick_day(self, label: str, day: date) -> None:
        """Type a day into the parts of a date field."""
        self.page.get_by_role("spinbutton", name=f"day, {label}", exact=True).locator("visible=true").first.click()
        self.page.keyboard.type(f"{day:%d%m%Y}")
        self.page.keyboard.press("Escape")  # the open calendar would cover what is below
        self.page.wait_for_timeout(300)
        settled(self.page)

    def tick(self, label: str) -> None:
        box = self.page.locator('[data-testid="stCheckbox"]').filter(has_text=label).locator("visible=true").first
        if not box.get_by_role("checkbox").is_checked():
            box.locator("label").click()
            settled(self.page)

    def choose(self, label: str, option: str) -> None:
        field = self.page.get_by_role("combobox", name=label).locator("visible=true").first
        if field.input_value() == option:  # chosen already, and choosing it again opens no list
            return
        # A list that opens below the fold is closed again by the scrolling.
        field.evaluate("field => field.scrollIntoView({block: 'center'})")
        self.page.wait_for_timeout(300)
        field.fill(option)
        self.page.get_by_role("option", name=option).first.click()
        self.page.wait_for_timeout(300)
        settled(self.page)

    def invited(self) -> list[str]:
        """The agencies that have a seat at the conference on the screen."""
        return [seat.splitlines()[0] for seat in self.page.locator('[class*="st-key-attends-"]').all_inner_texts()]

    def seat(self, agency: str, *, advocate: bool = False) -> None:
        """Press each word of an agency's seat that does not hold yet, as fast as one can, and look.

        A click that falls between two drawings can be lost in the browser, before anything is sent: its sign stays
        empty, and a person presses it again. What a press says is the same however often it is pressed.
        """
        seat = self.page.locator('[class*="st-key-attends-"]').filter(has_text=agency)
        words = ["Here", "May commit", *(["Victim's advocate"] if advocate else []), "Accepted confidentiality"]
        for _ in range(MOST_PRESSES):
            for word in words:
                empty = seat.get_by_role("button", name=f"☐ {word}", exact=True)
                with suppress(PlaywrightTimeout):  # it was kept meanwhile
                    if empty.count():
                        empty.click(timeout=SEEN_MS)
            kept = [seat.get_by_role("button", name=f"☑ {word}", exact=True) for word in words]
            with suppress(AssertionError):
                for one in kept:
                    expect(one).to_be_visible(timeout=SEEN_MS)
                return
        raise AssertionError(f"{agency}: not every press was kept: {seat.inner_text()}")

    def is_told(self, sentence: str) -> None:
        expect(self.page.get_by_text(sentence).locator("visible=true").first).to_be_visible(timeout=PATIENCE_MS)
        settled(self.page)

    def text(self) -> str:
        return self.page.locator("body").inner_text()


def arrive(at_width: Callable[..., BrowserContext], exercise: Exercise, name: str | None = None) -> Visitor:
    """Somebody with a browser of their own, signed in under this name, or not at all."""
    page = at_width().new_page()
    page.set_default_timeout(PATIENCE_MS)
    visitor = Visitor(page, exercise.address)
    return visitor.sign_in(name) if name else visitor


def person(exercise: Exercise, name: str) -> int:
    with exercise.database.read() as session:
        return session.exec(select(Account.person_id).where(Account.user_name == name)).one()


def waiting_offers(exercise: Exercise, reference: str) -> list[tuple[int, int]]:
    """Offer and lead of every post of an action that waits for an answer."""
    query = (
        select(RoleOffer.id, RoleOffer.lead_id)
        .join(Action, col(Action.id) == col(RoleOffer.action_id))
        .where(Action.reference == reference, RoleOffer.state == OfferState.OFFERED)
    )
    with exercise.database.read() as session:
        return [(number or 0, lead) for number, lead in session.exec(query)]


def unit_of_provider(exercise: Exercise, zone: str) -> str:
    """A unit for women that the exercise's provider runs and that serves this zone."""
    query = (
        select(Unit.code)
        .join(UnitZone, col(UnitZone.unit_id) == col(Unit.id))
        .join(UnitProfile, col(UnitProfile.unit_id) == col(Unit.id))
        .join(Provider, col(Provider.agency_id) == col(Unit.provider_id))
        .join(Appointment, col(Appointment.agency_id) == col(Provider.agency_id))
        .where(
            Appointment.person_id == person(exercise, "provider"),
            Appointment.post == Post.PROVIDER_LEAD,
            UnitZone.zone == zone,
            UnitProfile.profile == Profile.WOMAN,
        )
        .order_by(Unit.code)
    )
    with exercise.database.read() as session:
        return session.exec(query).first() or ""


def imported(exercise: Exercise, external: str) -> str:
    """The reference that an imported line was given."""
    with exercise.database.read() as session:
        return session.exec(select(Action.reference).where(Action.external_reference == external)).one()


def hold_of(exercise: Exercise, reference: str) -> int:
    """The newest booking for an action: a provider is shown its region, never the reference."""
    query = select(Hold.id).join(Action, col(Action.id) == col(Hold.action_id)).where(Action.reference == reference)
    with exercise.database.read() as session:
        return session.exec(query.order_by(col(Hold.id).desc())).first() or 0


def gate_says(exercise: Exercise, reference: str) -> tuple[int, dict[str, Any]]:
    """How `planner gate` ends for one action, and its answer."""
    settings = {**os.environ, "PLANNER_VAR": str(exercise.var)}
    command = [sys.executable, "-c", PLANNER, "gate", reference, "--json"]
    ended = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    answer: Any = json.loads(ended.stdout)
    return ended.returncode, answer[0] if isinstance(answer, list) else answer
