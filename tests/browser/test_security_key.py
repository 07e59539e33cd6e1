"""An empty installation set up by its first person: the code of the console, a security key, recovery codes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import select

from planner.db import Database
from planner.models.accounts import WebSession
from planner.services.proofs import FRESH
from planner.settings import ROOT
from tests.browser.conftest import axe_findings, keep_picture, scrolls_sideways, serving

PATIENCE_MS = 45_000
PASSWORD, NEW = "four words nobody says", "four others nobody says"
PHONE = {"width": 390, "height": 844}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server with nobody in it, at the machine's name: keys do not sign for a number."""
    log = tmp_path / "server.log"
    settings = {"PLANNER_VAR": str(tmp_path), "PLANNER_DATABASE_URL": f"sqlite:///{tmp_path / 'planner.db'}"}
    with serving(ROOT / "streamlit_app.py", settings, log) as address:
        yield address.replace("127.0.0.1", "localhost"), log


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that obeys the policy the pages are sent with."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def plug_in(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def first_account(page: Page, address: str, log: Path) -> None:
    page.goto(address)
    code = re.findall(r"Set-up code for an empty installation: (\w+)", log.read_text())[-1]
    page.get_by_label("Set-up code").fill(code)
    page.get_by_label("User name").fill("duty")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up an empty installation").click()


def password(page: Page, address: str) -> None:
    page.goto(f"{address}/login")
    page.get_by_label("User name").fill("duty")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page, address: str) -> None:
    """An address that was typed asks first."""
    page.goto(f"{address}/logout")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Sign in")


def is_in(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("Today", timeout=PATIENCE_MS)


def test_a_security_key_is_set_up_and_signs_in_and_without_it_a_recovery_code_does(
    installation: tuple[str, Path], desk: BrowserContext
) -> None:
    address, log = installation
    page = desk.new_page()
    plug_in(page)

    first_account(page, address, log)
    expect(page.get_by_role("heading", name="Set up a second proof")).to_be_visible()
    keep_picture(page, "set-up")
    page.get_by_label("What to call it").fill("Blue key")
    page.get_by_role("button", name="Set up a security key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    keep_picture(page, "recovery")
    codes = page.locator("li code").all_inner_texts()
    page.get_by_role("link", name="I have kept them: go on").click()
    is_in(page)

    sign_out(page, address)
    password(page, address)
    keep_picture(page, "second")
    page.get_by_role("button", name="Use your security key").click()
    is_in(page)

    sign_out(page, address)
    without_key = desk.new_page()
    password(without_key, address)
    without_key.get_by_text("Neither is at hand").click()
    without_key.get_by_label("One of your recovery codes").fill(codes[0])
    without_key.get_by_role("button", name="Use this code").click()
    is_in(without_key)


def let_the_proof_age(var: Path) -> None:
    database = Database(f"sqlite:///{var / 'planner.db'}")
    with database.write() as session:
        for row in session.exec(select(WebSession)):
            row.proved_at = row.created_at - FRESH
            session.add(row)
    database.dispose()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_password_is_changed_after_a_fresh_proof_with_the_key(
    installation: tuple[str, Path], browser: Browser, scheme: str
) -> None:
    address, log = installation
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    plug_in(page)
    first_account(page, address, log)
    page.get_by_role("button", name="Set up a security key").click()
    page.get_by_role("link", name="I have kept them: go on").click()
    is_in(page)
    let_the_proof_age(log.parent)

    page.goto(f"{address}/account")
    page.get_by_role("link", name="Change your password").click()
    expect(page.locator("h1")).to_have_text("Is it still you?")
    assert axe_findings(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Use your security key").click()
    expect(page.locator("h1")).to_have_text("Change your password")
    assert (axe_findings(page), scrolls_sideways(page)) == ([], False)
    page.get_by_label("Present password").fill(PASSWORD)
    for label in ("New password of 12", "The new password again"):
        page.get_by_label(label).fill(NEW)
    page.get_by_role("button", name="Change the password").click()
    page.get_by_role("link", name="Your account").click()
    expect(page.locator("h1")).to_have_text("Your account", timeout=PATIENCE_MS)

    for path in ("remove/1", "codes"):
        page.goto(f"{address}/login/{path}")
        assert (page.get_by_role("button").count(), axe_findings(page), scrolls_sideways(page)) == (1, [], False)
    context.close()


def test_the_steps_of_signing_in_have_no_findings(installation: tuple[str, Path], browser: Browser) -> None:
    address, log = installation
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
        page = context.new_page()
        first_account(page, address, log) if scheme == "light" else password(page, address)

        assert page.locator("h1").inner_text() == "Set up a second proof"
        assert axe_findings(page) == []
        page.context.close()


def test_at_a_number_the_page_says_that_keys_need_a_name(installation: tuple[str, Path], desk: BrowserContext) -> None:
    address, log = installation
    page = desk.new_page()

    first_account(page, address.replace("localhost", "127.0.0.1"), log)

    expect(page.get_by_role("button", name="Set up a security key")).to_be_disabled()
    expect(page.locator("[data-said]")).to_contain_text("Security keys work at the name of this server")
