"""Minutes on the pages: issued where the conference stands, read and received on a partner's own page."""

from typing import Any

from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from planner.models.minutes import MinuteLine, MinutesCopy, MinutesIssue
from planner.rules.sharing import Category
from planner.services.devices import enter_by_device, remember_device
from planner.services.sessions import hash_of
from planner.settings import ROOT
from planner.work import Desk
from tests.builders import World
from tests.minutes import EVERYTHING, FIRST, OF_ALL, PLEDGES, convened, meet, minuted, say, talk
from tests.sharing import agree
from tests.ui.pages import opened, press


def said(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(text.value for text in page.text)


def toggle(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.toggle if each.label == label).set_value(True).run()


def by_device(world: World, name: str) -> AppTest:
    """My part, for who is known by the device alone."""
    desk = Desk(world.database, world.people[name])
    with desk.writing() as work:
        token = remember_device(work)
    with Desk(world.database).writing() as work:
        session = enter_by_device(work, token, loopback=True)
    page = AppTest.from_file(str(ROOT / "pages" / "my_part.py"), default_timeout=30)
    page.user = {"username": name, "sid": hash_of(session)}
    return page.run()


def field(page: AppTest, label: str) -> Any:
    return next(each for each in page.text_input if each.label == label)


def links(page: AppTest) -> list[str]:
    return [element.proto.url for element in page.get("link_button") if "minutes" in element.proto.url]


def numbers(world: World) -> list[int]:
    with world.database.read() as session:
        return list(session.exec(select(MinutesIssue.number).order_by(MinutesIssue.number)))


def test_minutes_are_issued_read_corrected_and_taken_along(world: World) -> None:
    number = convened(world)
    meet(world, number)
    page = opened(world, "conferences.py", "cell", conference=str(number))
    before = said(page)
    talk(world, number)
    page.run()

    press(page, "Issue the minutes")
    toggle(page, "Read my copy here")
    text = said(page)
    next(each for each in page.text_input if each.label == "Why you export these minutes").set_value(
        "A court/asks"
    ).run()

    assert "No minutes yet." in before
    assert numbers(world) == [1]
    assert all(word in text for word in EVERYTHING)
    assert "4 copies; 4 without a receipt yet." in text
    assert links(page) == [f"/files/minutes/1.{kind}/A%20court%2Fasks" for kind in ("pdf", "docx")]
    say(world, number, "The press is not told.")
    press(page, "Issue the corrected minutes")
    assert "Say in a sentence what you corrected" in said(page)
    field(page, "What is corrected, in a sentence without an action's details").set_value("A line about the press.")
    press(page, "Issue the corrected minutes")
    assert numbers(world) == [1, 2]
    assert "Corrected: A line about the press." in said(page)


def test_a_partner_reads_its_copy_and_takes_receipt(world: World) -> None:
    _, number = minuted(world)
    page = opened(world, "my_part.py", "health")

    folded = said(page)
    toggle(page, "Read our copy here")
    read = said(page)
    press(page, "We have it: take receipt")

    assert "Minutes of a case conference\nTue 24 November" in folded
    assert "In the chair" not in read
    assert [word for word in EVERYTHING if f"  {word}" in read or f": {word}" in read] == [PLEDGES[FIRST]]
    assert links(page) == [f"/files/minutes/{number}.pdf/Our%20agency%27s%20copy"]
    with world.database.read() as session:
        received = [row.received_by for row in session.exec(select(MinutesCopy)) if row.received_at]
    assert received == [world.people["health"]]
    assert "We have it: take receipt" not in [button.label for button in page.button]


def test_who_was_not_there_accepts_confidentiality_and_then_reads_on(world: World) -> None:
    minuted(world)
    agree(world, "children")
    page = opened(world, "my_part.py", "children")

    before = said(toggle(page, "Read our copy here"))
    press(page, "Our agency accepts this")

    assert "has not accepted the confidentiality statement" in before
    assert OF_ALL not in before
    assert "has not accepted the confidentiality statement" not in said(page)


def test_a_partner_without_a_copy_has_no_heading_of_minutes(world: World) -> None:
    page = opened(world, "my_part.py", "health")

    assert "Minutes" not in [header.value for header in page.header]


def test_who_records_no_conference_reads_the_minutes_and_issues_none(world: World) -> None:
    number, _ = minuted(world)

    labels = {
        name: [button.label for button in opened(world, "conferences.py", name, conference=str(number)).button]
        for name in ("cell", "gold")
    }

    assert {name for name, found in labels.items() if "Issue the corrected minutes" in found} == {"cell"}
    page = toggle(opened(world, "conferences.py", "national", conference=str(number)), "Read my copy here")
    assert OF_ALL in said(page)


def test_a_remembered_device_says_that_minutes_wait_and_shows_none(world: World) -> None:
    minuted(world)
    agree(world, "ngo", *Category)

    page = opened(world, "my_part.py", "partner")
    known = by_device(world, "partner")

    assert "Read our copy here" in [each.label for each in page.toggle]
    assert [each.label for each in known.toggle] == []
    assert links(known) == []
    assert "Sign in with your password to read them" in said(known)


def test_a_correction_outlives_what_others_type_meanwhile(world: World) -> None:
    number, _ = minuted(world)
    page = opened(world, "conferences.py", "cell", conference=str(number))
    words = next(area for area in page.text_area if area.label.startswith("As it should stand"))
    words.set_value("Everybody brings warm water.").run()

    say(world, number, OF_ALL)
    press(page, "Keep the correction")

    with world.database.read() as session:
        line = session.exec(select(MinuteLine).order_by(col(MinuteLine.id).desc())).first()
    assert line is not None
    assert (line.text, line.instead_of) == ("Everybody brings warm water.", 3)  # the newest when it was chosen


def test_who_may_not_record_reads_who_is_here_and_that_nothing_is_decided(world: World) -> None:
    number = convened(world)
    meet(world, number)

    text = said(opened(world, "conferences.py", "gold", conference=str(number)))

    assert "Ngo\nHere, may commit, victim's advocate, accepted confidentiality" in text
    assert "Children – sends apologies\nNot here" in text
    assert "No decision yet." in text
    assert "Type it below" not in text
