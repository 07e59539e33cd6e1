"""Signing in: back-off, ends of sessions, exercise accounts, safe redirects; no refusal tells more than another."""

import html
from datetime import timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, Refused
from planner.models.accounts import Account
from planner.models.directory import Appointment, Person
from planner.models.operations import Operation
from planner.models.records import RecordLine
from planner.rules.words import Outcome, Post
from planner.services import accounts
from planner.services import sign_in as signing
from planner.services.accounts import close_account
from planner.services.sessions import ABSOLUTE, IDLE, check_session, hash_of, sign_out
from planner.services.sign_in import sign_in
from planner.work import Desk
from tests.builders import NOW, World, a_world
from tests.web.site import HERE, app_for, client_of, client_on, enter, give_account

NAME = "partner"  # whose post asks for a password alone


def token_at(world: World, at: timedelta = timedelta(), *, right: bool = True, loopback: bool = True) -> str | None:
    with Desk(world.database, clock=lambda: NOW + at).writing() as work:
        entry = sign_in(work, NAME, right=right, loopback=loopback)
        return entry.token if entry else None


def alive(world: World, token: str | None, at: timedelta, *, active: bool = False) -> bool:
    return check_session(world.database, hash_of(token or ""), NOW + at, active=active) is not None


def test_a_session_ends_when_idle_and_activity_alone_keeps_it(database: Database) -> None:
    world = a_world(database)
    give_account(world, NAME)
    watched, used = token_at(world), token_at(world)

    assert alive(world, watched, IDLE - timedelta(minutes=1))
    assert alive(world, used, IDLE - timedelta(minutes=1), active=True)

    assert not alive(world, watched, IDLE + timedelta(minutes=1))
    assert alive(world, used, IDLE + timedelta(minutes=1))


def test_a_session_ends_after_twelve_hours_however_busy(database: Database) -> None:
    world = a_world(database)
    give_account(world, NAME)
    token = token_at(world)

    lived = [alive(world, token, timedelta(minutes=20 * step), active=True) for step in range(1, 40)]

    assert lived == [timedelta(minutes=20 * step) <= ABSOLUTE for step in range(1, 40)]


def test_signing_out_closing_the_account_and_leaving_each_end_the_session(database: Database) -> None:
    world = a_world(database)
    give_account(world, NAME)
    first, second = token_at(world), token_at(world)
    with Desk(database, clock=lambda: NOW).writing() as work:
        sign_out(work, first or "")
    assert not alive(world, first, timedelta(minutes=1))
    assert alive(world, second, timedelta(minutes=1))

    with pytest.raises(NotAllowed), world.desk("cell").writing() as work:
        close_account(work, "partner", None)
    with database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.ADMINISTRATOR))
    with world.desk("cell").writing() as work:
        close_account(work, "partner", None)

    assert not alive(world, second, timedelta(minutes=1))
    assert token_at(world) is None


def test_a_person_who_left_can_no_longer_sign_in(database: Database) -> None:
    world = a_world(database)
    give_account(world, NAME)
    assert token_at(world)
    with database.write() as session:
        session.get_one(Person, world.people["partner"]).active = False

    assert token_at(world) is None


def test_after_wrong_passwords_the_right_one_waits_too(database: Database) -> None:
    world = a_world(database)
    give_account(world, NAME)
    for _ in range(signing.FREE_FAILURES + 3):
        assert token_at(world, right=False) is None

    assert token_at(world, timedelta(seconds=7)) is None
    assert token_at(world, timedelta(seconds=9)) is not None


def test_the_wait_never_grows_past_a_quarter_of_an_hour(database: Database) -> None:
    world = a_world(database)
    give_account(world, NAME)
    for _ in range(40):
        token_at(world, right=False)

    assert token_at(world, timedelta(minutes=14)) is None
    assert token_at(world, timedelta(minutes=16)) is not None


def test_exercise_accounts_work_only_on_this_machine_and_beside_no_real_operation(database: Database) -> None:
    world = a_world(database)
    give_account(world, NAME)
    with database.write() as session:
        session.exec(select(Account)).one().exercise = True
    assert token_at(world) is None

    with database.write() as session:
        session.get_one(Operation, world.operation).exercise = True

    assert token_at(world) is not None
    assert token_at(world, loopback=False) is None


@pytest.mark.parametrize(
    ("caller", "public_url", "headers"),
    [
        ("192.0.2.7", "http://127.0.0.1:8501", {}),
        ("127.0.0.1", "https://plan.example.org", {}),
        ("127.0.0.1", "http://127.0.0.1:8501", {"x-forwarded-for": "192.0.2.7"}),
    ],
)
def test_the_set_up_page_is_shown_on_this_machine_alone(
    database: Database, caller: str, public_url: str, headers: dict[str, str]
) -> None:
    elsewhere = client_of(database, caller=caller, public_url=public_url)

    assert elsewhere.get("/setup", headers=headers).status_code == 404
    assert elsewhere.post("/setup", headers=headers).status_code == 404
    assert client_of(database).get("/setup").status_code == 200


def test_the_first_account_needs_the_code_on_the_console(database: Database) -> None:
    a_world(database)
    app, set_up = app_for(database)
    client = client_on(app)
    form = {"user": "first", "password": "a long enough password"}
    assert client.get("/", headers={"accept": "text/html"}).headers["location"] == "/setup"

    first_code = set_up.code
    wrong = client.post("/setup/account", data=form | {"code": "00000000x"})
    assert (wrong.status_code, set_up.code == first_code) == (409, False)
    right = client.post("/setup/account", data=form | {"code": set_up.code})

    assert (right.status_code, right.headers["location"]) == (303, "/login/set-up")
    with Desk(database).writing() as work, pytest.raises(Refused):
        accounts.add_first_account(work, "second", "a long enough password")


def test_a_finished_installation_is_set_up_by_nobody_and_says_one_thing(database: Database) -> None:
    give_account(a_world(database))
    app, set_up = app_for(database)
    form = {"user": "first", "password": "a long enough password"}

    code = set_up.code
    answers = [client_on(app).post("/setup/account", data=form | {"code": given}) for given in (code, "wrong")]

    assert {answer.status_code for answer in answers} == {409}
    assert len({answer.text for answer in answers}) == 1
    assert "This installation has accounts already." in answers[0].text
    assert "is empty" not in answers[0].text
    assert set_up.code == code


@pytest.mark.parametrize(
    "name", ["r\u043eot", "two words", " ends", "ends ", "a\n", "\u0661", "x" * 81, "", "a/b", "\u212a"]
)
def test_a_user_name_has_no_letter_that_could_look_like_another(database: Database, name: str) -> None:
    world = a_world(database)

    with Desk(database).writing() as work, pytest.raises(InputError, match="letters of the English alphabet"):
        accounts.open_account(work, name, world.people["gold"], "")
    with Desk(database).writing() as work:
        accounts.open_account(work, "Root.1_a-b", world.people["silver"], "")
    with Desk(database).writing() as work, pytest.raises(InputError, match=r"There is an account Root\.1_a-b already"):
        accounts.open_account(work, "root.1_A-b", world.people["gold"], "")


def test_a_short_password_is_refused_with_its_length(database: Database) -> None:
    world = a_world(database)

    with Desk(database).writing() as work, pytest.raises(InputError, match="12 to 200 characters; this one has 11"):
        accounts.add_account(work, "partner", world.people["partner"], "elevenchars")


HOSTILE = {
    "nothing": "",
    "another site": "https://evil.example",
    "another site by its host alone": "//evil.example",
    "three slashes": "///evil.example",
    "a backslash": "/\\evil.example",
    "an encoded backslash": "/%5cevil.example",
    "an encoded slash": "/%2f%2fevil.example",
    "a slash encoded twice": "/%252f%252fevil.example",
    "a script": "javascript:alert(1)",
    "data": "data:text/html,x",
    "somebody at a host": "/@evil.example",
    "a way up": "/action/../../evil.example",
    "a tab inside": "/\t/evil.example",
    "a new line": "/action\r\nLocation: https://evil.example",
    "an encoded new line": "/action?ref=%0d%0aSet-Cookie:x",
    "a new line encoded twice": "/action?ref=%250d%250aSet-Cookie=x",
    "a NUL": "/action?ref=\x00",
    "an encoded NUL": "/action?ref=%00",
    "a host in the query": "/action?ref=https://evil.example",
    "an encoded host in the query": "/action?ref=%2f%2fevil.example",
    "encoded again and again": "/action?ref=%2525252525255c",
    "half a character": "/action?ref=%ff",
    "a turned direction": "/action?ref=%e2%80%ae",
    "a fragment": "/action#//evil.example",
    "another script's letters": "/\uff41ction",
    "a space before": " /action",
    "signing out": "/logout",
    "signing out, encoded": "/%6cogout",
    "setting up": "/setup",
    "signing in again": "/login?next=/logout",
    "a download, which is recorded": "/files/calendar/operation/OP1/usual/why",
    "the framework's own": "/_stcore/health",
    "below a page": "/action/logout",
    "no page of ours": "/nonsense",
    "in capitals": "/ACTION",
    "a long one": "/action?ref=" + "A" * 300,
}
HONEST = [
    "/",
    "/action?ref=WM-0001",
    "/action?ref=WM-0001&tab=Legal+basis",
    "/my_part?ref=7",
    "/calendar",
    "/action?ref=50%25",
]


@pytest.mark.parametrize("wanted", HOSTILE.values(), ids=HOSTILE.keys())
def test_signing_in_never_leads_anywhere_but_to_a_page_of_ours(database: Database, wanted: str) -> None:
    give_account(a_world(database), NAME)
    form = {"user": "partner", "password": "a long enough password"}
    client = client_of(database)

    shown = client.get("/login", params={"next": wanted}).text
    landed = client.post("/login", data=form | {"next": wanted}).headers["location"]

    assert kept_next(shown) == landed == "/"
    good = HONEST[1]
    assert kept_next(client.get("/login", params={"next": good}).text) == good
    assert client.post("/login", data=form | {"next": good}).headers["location"] == good


@pytest.mark.parametrize("wanted", HONEST)
def test_a_wrong_password_does_not_lose_where_somebody_was_going(database: Database, wanted: str) -> None:
    give_account(a_world(database), NAME)
    client = client_of(database)

    turned_away = client.get(wanted, headers={"accept": "text/html"}).headers["location"]
    asked = kept_next(client.get(turned_away).text)
    wrong = client.post("/login", data={"user": "partner", "password": "wrong", "next": asked})
    form = {"user": "partner", "password": "a long enough password", "next": kept_next(wrong.text)}

    assert wrong.status_code == 401
    assert client.post("/login", data=form).headers["location"] == wanted


def kept_next(page: str) -> str:
    """What the form on a sign-in page sends on as the way back."""
    return html.unescape(page.partition('name="next" value="')[2].partition('"')[0])


def test_whoever_fails_reads_how_long_sign_in_is_paused_whether_or_not_the_name_exists(database: Database) -> None:
    give_account(a_world(database), NAME)
    client = client_of(database)
    tries = signing.FREE_FAILURES + 3

    known, unknown = (
        [client.post("/login", data={"user": user, "password": "wrong"}).text for _ in range(tries)]
        for user in ("partner", "nobody")
    )
    paused = client.post("/login", data={"user": "partner", "password": "a long enough password"})

    assert {*known, *unknown, paused.text} == {known[0]}
    assert "After 4 wrong passwords each further one pauses it: for 2 seconds" in known[0]
    assert "15 minutes at most" in known[0]
    assert enter(client_of(database), "partner") == 401
    with database.write() as session:
        session.exec(select(Account)).one().locked_until = None
    assert enter(client_of(database), "partner") == 303


def test_an_unknown_user_and_a_wrong_password_answer_alike_and_both_are_recorded(database: Database) -> None:
    give_account(a_world(database), NAME)
    client = client_of(database)

    answers = [
        client.post("/login", data={"user": user, "password": "wrong"}) for user in ("partner", "nobody", "a\x00b")
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    with database.read() as session:
        refused = session.exec(select(RecordLine.object_ref).where(RecordLine.outcome == Outcome.REFUSED)).all()
    assert sorted(refused) == ["an unknown user name", "an unknown user name", "partner"]


def test_a_form_from_another_site_is_refused_and_our_own_is_taken(database: Database) -> None:
    give_account(a_world(database), NAME)
    client = client_of(database)
    form = {"user": "partner", "password": "a long enough password"}

    assert client.post("/login", data=form, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/login", data=form, headers={"origin": "null"}).status_code == 403
    assert client.post("/login", data=form, headers={"origin": "http://127.0.0.1:8501"}).status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_bound_to_the_host_behind_tls(database: Database) -> None:
    give_account(a_world(database), NAME)
    form = {"user": "partner", "password": "a long enough password"}

    plain = client_of(database).post("/login", data=form).headers["set-cookie"]
    secure = client_of(database, public_url="https://plan.example.org").post("/login", data=form).headers["set-cookie"]

    assert plain.startswith("planner=")
    assert all(word in plain for word in ("HttpOnly", "SameSite=lax", "Path=/"))
    assert secure.startswith("__Host-planner=")
    assert "Secure" in secure


def test_signing_out_ends_the_session_at_once(database: Database) -> None:
    give_account(a_world(database), NAME)
    client = client_of(database)
    enter(client, NAME)
    cookie = client.cookies["planner"]
    assert client.get("/actions").status_code == 200

    client.post("/logout")
    client.cookies.set("planner", cookie)

    assert client.get("/actions").status_code == 404


OWN_LINK = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}


def signed_out_by(database: Database, method: str, headers: dict[str, str]) -> bool:
    client = client_of(database)
    enter(client, NAME)
    cookie = client.cookies["planner"]
    client.request(method, "/logout", headers=headers)
    client.cookies.set("planner", cookie)
    return client.get("/actions").status_code == 404


def test_a_link_of_ours_and_the_button_sign_out(database: Database) -> None:
    give_account(a_world(database), NAME)

    assert signed_out_by(database, "GET", OWN_LINK)
    assert signed_out_by(database, "POST", {"origin": HERE})


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {}),
        *(("GET", {"sec-fetch-site": site}) for site in ("cross-site", "same-site", "none")),
        ("GET", {"sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors"}),
        ("HEAD", OWN_LINK),
        ("POST", {"origin": "https://evil.example"}),
    ],
)
def test_another_site_signs_nobody_out_and_a_button_asks(
    database: Database, method: str, headers: dict[str, str]
) -> None:
    give_account(a_world(database), NAME)

    assert not signed_out_by(database, method, headers)
    if method == "GET":
        asked = client_of(database).get("/logout", headers=headers).text
        assert '<form method="post" action="/logout"><button>Sign out</button></form>' in asked


def test_exercise_accounts_end_when_a_real_person_is_added(database: Database) -> None:
    world = a_world(database)
    give_account(world, NAME)
    with database.write() as session:
        session.exec(select(Account)).one().exercise = True
        session.get_one(Operation, world.operation).exercise = True
    assert token_at(world) is not None

    give_account(world, "silver")

    assert token_at(world) is None


def lock_out(database: Database, user: str) -> None:
    """A stranger types wrong passwords for somebody's name until it is paused."""
    stranger = client_of(database)
    for _ in range(signing.FREE_FAILURES + 8):
        stranger.post("/login", data={"user": user, "password": "wrong"})


@pytest.mark.parametrize("name", ["partner", "silver"])
def test_who_signed_in_here_before_is_not_shut_out_by_a_strangers_wrong_passwords(
    database: Database, name: str
) -> None:
    give_account(a_world(database), name)
    own = client_of(database)
    assert enter(own, name) == 303
    own.get("/logout")
    lock_out(database, name)

    elsewhere, here = enter(client_of(database), name), enter(own, name)

    assert (elsewhere, here) == (401, 303)
    assert own.cookies.get("planner")  # in, the second proof given as well


def test_a_known_browser_still_needs_the_right_password_and_knows_no_other_name(database: Database) -> None:
    world = a_world(database)
    give_account(world, "partner")
    give_account(world, "health")
    own = client_of(database)
    enter(own, "partner")
    mark = own.cookies["planner_known"]
    lock_out(database, "health")
    lock_out(database, "partner")

    assert enter(own, "partner", password="wrong") == 401
    own.cookies.set("planner_known", mark)
    assert enter(own, "health") == 401
    own.cookies.set("planner_known", mark[:-1] + ("0" if mark[-1] != "0" else "1"))
    assert enter(own, "partner") == 401
