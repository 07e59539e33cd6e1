"""What reaches a browser over the wire: nothing of anybody else's, and the same answer for forbidden and missing."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext
from sqlmodel import col, select

from planner.models.accounts import Account
from planner.models.conferences import Conference
from planner.models.directory import Agency, Appointment
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.words import OfferState, Post
from planner.ui.desk import PAGES
from planner.work import utc_now
from tests.browser.canaries import Canary, heard, plant, references
from tests.browser.entitled import entitled
from tests.browser.stage import MISSING, REFERENCE, enter, exercise_at
from tests.browser.traffic import Traffic
from tests.browser.walk import PASSWORD, PATIENCE_MS, Exercise, person

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
SMALL = 300
OUTSIDERS = ("stranger", "partner", "far_partner", "provider")
TAKING = "calendar?tab=Take it out"  # where the fields are drawn that are left out beside the days
OPEN_TO = {
    "stranger": ("",),
    "partner": ("", "my_part", "calendar", TAKING),
    "far_partner": ("", "my_part", "calendar", TAKING),
    "provider": ("", "my_part", "calendar", TAKING, "care"),
}
DEEP = (
    "action?ref={}",
    "action?ref={}&tab=Roles",
    "go_ahead?ref={}",
    "my_part?ref={}",
    "care?ref={}",
    "roles?ref={}",
    "calendar?ref={}",
)
# What each is told at least: listening works for them too.
OWN = {
    "stranger": {"person.title"},
    "partner": {"cataloguerole.responsibilities", "cataloguerole.title", "notice.sentence", "region.name"},
    "far_partner": {"cataloguerole.title", "region.name"},
    "provider": {"agency.name", "notice.sentence", "region.name", "unit.code", "unit.name"},
}
OWNERS = (
    (
        "silver",
        (
            *(f"action?ref={REFERENCE}&tab={tab}" for tab in ("Gate", "Plan", "Roles", "Conference")),
            *("actions", "conferences?conference={}"),
        ),
    ),
    ("cell", ("care", "operation")),
)
# What the owners are told in the same exercise, so that its absence elsewhere says something.
PROVEN = {
    *("action.reference", "agency.name", "agency.code", "arrangement.answeredpost", "cataloguerole.responsibilities"),
    *("condition.text", "legalbasis.reference", "number of actions", "operation.name", "person.title", "region.name"),
    *("undertaking.text", "unit.code", "minuteline.text", "dissent.text"),
}
STREAMLIT = (
    *("_stcore/host-config", "_stcore/health", "_stcore/script-health-check", "_stcore/metrics"),
    *(
        "_stcore/metrics?families=session_events",
        "_stcore/upload_file/x/y",
        "_stcore/bidi-components/planner.rows/x",
    ),
    *("media/0.csv", "media/../planner.db", "component/planner.rows/x", "app/static/x", "static/../planner.db"),
)
# The framework's own page, which holds nothing, and its settings.
HARMLESS = {
    *("_stcore/host-config", "_stcore/health", "_stcore/script-health-check", "_stcore/upload_file/x/y"),
    *("app/static/x", "static/../planner.db", "media/../planner.db"),
}
CLOSED_TO = {"stranger": ("actions", "record", "my_part"), "partner": ("record", "go_ahead", "actions")}
NONSENSE = ("nonsense", "nonsense/below", "Record")
KNOCK = """address => new Promise(done => {
  const socket = new WebSocket(address, ["streamlit"]);
  let heard = 0;
  socket.onmessage = () => heard++;
  socket.onclose = end => done([end.code, heard]);
})"""
NEVER_OPENED = 1006
WATCHED_TWICE_MS = 34_000
Listener = Callable[[str], Traffic]


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory, full: bool) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("wire"), actions=None if full else SMALL, prepare=prepare) as exercise:
        yield exercise


def prepare(exercise: Exercise) -> None:
    """Two more people, from elsewhere, then a canary in every row."""
    home = person(exercise, "partner")
    with exercise.database.write() as session:
        kept = session.exec(select(Account).where(Account.person_id == home)).one()
        near = session.exec(select(Appointment.agency_id).where(Appointment.person_id == home)).one()
        lead = select(RoleOffer.lead_id).join(Agency, col(Agency.id) == col(RoleOffer.agency_id))
        answered = lead.where(Agency.kind == "ngo", Agency.id != near, RoleOffer.state == OfferState.ACCEPTED)
        force = session.exec(select(Agency.id).where(Agency.code == "WMI")).one()
        silver = select(Appointment.person_id).where(Appointment.post == Post.SILVER, Appointment.agency_id != force)
        for name, found in (("far_partner", answered), ("far_silver", silver)):
            number = session.exec(found).first() or 0
            session.add(
                Account(
                    user_name=name,
                    person_id=number,
                    password_hash=kept.password_hash,
                    exercise=True,
                    created_at=utc_now(),
                )
            )
    plant(exercise.database)


@pytest.fixture
def listener(at_width: Callable[..., BrowserContext], exercise: Exercise) -> Listener:
    """All that reaches the browser of somebody, or of nobody."""

    def listen(who: str) -> Traffic:
        context = at_width()
        page = (enter(context, exercise, who) if who else context).new_page()
        page.set_default_timeout(PATIENCE_MS)
        return Traffic(page)

    return listen


def told(exercise: Exercise, traffic: Traffic) -> set[Canary]:
    return heard(traffic.everything(), references(exercise.database))


def pages_for(who: str, full: bool) -> list[str]:
    """Every page for a stranger and at the full size; otherwise what the navigation offers, and one more."""
    if full or who == "stranger":
        return ["" if name == "today" else name for name in PAGES]
    return [*OPEN_TO[who], "actions"]


@pytest.mark.parametrize("who", OUTSIDERS)
def test_an_outsider_is_told_of_their_own_and_of_nothing_else(
    listener: Listener, exercise: Exercise, full: bool, who: str
) -> None:
    traffic, number = listener(who), person(exercise, who)

    for path in pages_for(who, full):
        traffic.open(f"{exercise.address}/{path}")
    for path in ("files/calendar/person/me", *files(exercise)):
        traffic.fetch(f"{exercise.address}/{path}")

    found = told(exercise, traffic)
    assert found - entitled(exercise.database, number) == set()
    assert {item.what for item in found} >= OWN[who]


def files(exercise: Exercise) -> list[str]:
    """Every kind of download that is not the asker's own."""
    with exercise.database.read() as session:
        owner = select(Agency.code).join(Action, col(Action.force_id) == col(Agency.id))
        force = session.exec(owner.where(Action.reference == REFERENCE)).one()
    return [
        "files/calendar/operation/P2X/usual/why",
        f"files/calendar/force/{force}/usual/why",
        "files/calendar/person/silver",
        "files/calendar/nothing/P2X",
        "files/nothing/operation/P2X",
    ]


def test_the_owners_are_told_what_the_others_are_not(listener: Listener, exercise: Exercise) -> None:
    found: set[Canary] = set()

    for who, paths in OWNERS:
        traffic = listener(who)
        for path in paths:
            traffic.open(f"{exercise.address}/{path.format(meeting(exercise))}")
        found |= told(exercise, traffic)

    kinds = {item.what for item in found}
    assert kinds >= PROVEN
    assert Canary("action.reference", 1) in found


def meeting(exercise: Exercise) -> int:
    """The conference that goes through its agenda."""
    with exercise.database.read() as session:
        opened = select(Conference.id).where(col(Conference.opened_at).is_not(None))
        return session.exec(opened.order_by(col(Conference.id).desc())).first() or 0


@pytest.mark.parametrize("who", ["stranger", "partner", "far_silver"])
def test_a_conference_of_others_is_answered_like_none(listener: Listener, exercise: Exercise, who: str) -> None:
    traffic = listener(who)

    forbidden = traffic.open(f"{exercise.address}/conferences?conference={meeting(exercise)}")
    missing = traffic.open(f"{exercise.address}/conferences?conference=987654")

    assert forbidden.statuses == missing.statuses
    assert forbidden.words == missing.words


@pytest.mark.parametrize("who", ["", "stranger", "partner", "provider", "far_silver"])
def test_forbidden_is_answered_like_missing(listener: Listener, exercise: Exercise, full: bool, who: str) -> None:
    traffic = listener(who)
    deep = DEEP if full else DEEP[:1]

    for template in deep:
        forbidden = traffic.open(f"{exercise.address}/{template.format(REFERENCE)}")
        missing = traffic.open(f"{exercise.address}/{template.format(MISSING)}")
        assert forbidden.statuses == missing.statuses, template
        assert forbidden.words == missing.words.replace(MISSING, REFERENCE), template
        assert forbidden.drawn == tuple(text.replace(MISSING, REFERENCE) for text in missing.drawn), template
    # Who is signed out is asked to sign in and then brought to the address that they typed.
    assert not who or Canary("action.reference", 1) not in told(exercise, traffic)


@pytest.mark.parametrize("who", CLOSED_TO)
def test_a_page_that_is_not_ones_own_is_answered_like_one_that_is_not_there(
    listener: Listener, exercise: Exercise, who: str
) -> None:
    traffic = listener(who)

    answers = {path: traffic.open(f"{exercise.address}/{path}") for path in (*CLOSED_TO[who], *NONSENSE)}

    first = answers["nonsense"]
    assert "There is no such page, or none that you can open." in first.words
    assert {answer.words for answer in answers.values()} == {first.words}
    assert {answer.drawn for answer in answers.values()} == {first.drawn}
    assert traffic.page.locator('[role="dialog"]').count() == 0
    assert {answer.statuses for path, answer in answers.items() if "/" not in path} == {first.statuses}
    traffic.page.get_by_role("link", name="Go to Today").click()
    traffic.page.get_by_role("heading", name="Today").wait_for()
    assert traffic.page.url == f"{exercise.address}/"


def test_an_open_page_whose_session_has_ended_leads_back_to_where_it_was(
    listener: Listener, exercise: Exercise
) -> None:
    traffic = listener("silver")
    address = f"{exercise.address}/action?ref={REFERENCE}"
    assert f"Action {REFERENCE}" in traffic.open(address).words

    traffic.page.request.post(f"{exercise.address}/logout")
    traffic.page.get_by_text("Your session has ended. Sign in again to go on.").wait_for()
    assert REFERENCE not in traffic.page.locator("body").inner_text()
    traffic.page.get_by_role("link", name="Sign in again").click()
    for password in ("wrong", PASSWORD):
        traffic.page.get_by_label("User name").fill("silver")
        traffic.page.get_by_label("Password").fill(password)
        traffic.page.get_by_role("button", name="Sign in").click()
    traffic.page.get_by_role("heading", name=f"Action {REFERENCE}").wait_for()

    assert traffic.page.url.startswith(address)


@pytest.mark.parametrize("ended", [True, False], ids=["ended", "lives"])
def test_a_page_without_its_connection_is_left_once_the_session_has_ended_and_not_before(
    at_width: Callable[..., BrowserContext], exercise: Exercise, ended: bool
) -> None:
    context = enter(at_width(), exercise, "silver")
    page, sockets = context.new_page(), []
    page.route_web_socket("**/_stcore/stream", lambda socket: sockets.append((socket, socket.connect_to_server())))
    page.goto(f"{exercise.address}/action?ref={REFERENCE}")
    page.get_by_role("heading", name=f"Action {REFERENCE}").wait_for(timeout=PATIENCE_MS)

    if ended:
        context.request.post(f"{exercise.address}/logout")
    for end in reversed(sockets[0]):
        end.close()
    page.wait_for_timeout(WATCHED_TWICE_MS)

    left = page.get_by_text("Your session has ended. Sign in again to go on.").count() == 1
    assert (left, page.url.startswith(f"{exercise.address}/login?ended=1&next=%2Faction")) == (ended, ended)
    assert (REFERENCE in page.locator("body").inner_text()) is not ended


@pytest.mark.parametrize("who", ["", "stranger"], ids=["signed out", "stranger"])
def test_no_other_address_tells_anything(listener: Listener, exercise: Exercise, who: str) -> None:
    owner, traffic = listener("silver"), listener(who)
    owner.open(f"{exercise.address}/action?ref={REFERENCE}")

    answers = {path: traffic.fetch(f"{exercise.address}/{path}") for path in (*STREAMLIT, *files(exercise))}

    assert told(exercise, traffic) == set()
    assert {path for path, (status, _) in answers.items() if status == 200} <= HARMLESS
    assert Canary("action.reference", 1) in told(exercise, owner)


def test_a_nul_in_the_address_is_left_out_before_a_page_reads_it(listener: Listener, exercise: Exercise) -> None:
    answer = listener("silver").open(f"{exercise.address}/action?ref={REFERENCE}%00")

    assert f"Action {REFERENCE}" in answer.words


def test_the_websocket_says_nothing_to_the_signed_out(listener: Listener, exercise: Exercise) -> None:
    stream = exercise.address.replace("http", "ws") + "/_stcore/stream"
    traffic, inside = listener(""), listener("stranger")
    traffic.open(f"{exercise.address}/login")
    inside.open(exercise.address)

    assert traffic.page.evaluate(KNOCK, stream) == [NEVER_OPENED, 0]
    assert traffic.frames == []
    assert inside.frames != []
