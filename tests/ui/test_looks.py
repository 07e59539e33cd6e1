"""What seems to name somebody is refused on the page with the words in question, and kept once it was looked at."""

from sqlmodel import select

from planner.models.directory import Person, Training
from planner.models.records import RecordLine
from tests.builders import World
from tests.ui.pages import opened, press
from tests.ui.test_directory_page import fill

TITLE = "Title of the post, never a name: “Silver, Northern region”"
KEEP = "This is a post or an organisation: keep it"


def titles(world: World) -> set[str]:
    with world.database.read() as session:
        return set(session.exec(select(Person.title)))


def test_a_title_in_doubt_is_kept_by_the_press_after_the_look(world: World) -> None:
    page = opened(world, "directory.py", "cell")

    fill(page, **{TITLE: "Silver, Palm Cove"})
    press(page, "Add and appoint")
    assert "In question: “Palm Cove”" in [text.value for text in page.text]
    assert "Silver, Palm Cove" not in titles(world)
    press(page, KEEP)
    assert "Silver, Palm Cove" not in titles(world)
    press(page, "Add and appoint")

    assert "Silver, Palm Cove" in titles(world)
    with world.database.read() as session:
        sentences = session.exec(select(RecordLine.sentence).where(RecordLine.verb == "add_person")).all()
    assert sentences == [
        "Silver, Palm Cove was added to the directory. What looked like a person's name was looked at and kept."
    ]


def test_a_look_lets_nothing_else_through(world: World) -> None:
    page = opened(world, "directory.py", "cell")
    fill(page, **{TITLE: "Silver, Palm Cove"})
    press(page, "Add and appoint")
    press(page, KEEP)

    fill(page, **{TITLE: "Sarah Whitcombe"})
    press(page, "Add and appoint")

    assert "In question: “Sarah Whitcombe”" in [text.value for text in page.text]
    assert "Sarah Whitcombe" not in titles(world)


def test_a_look_ends_with_what_was_kept(world: World) -> None:
    page = opened(world, "directory.py", "cell", tab="Training")
    for course in ("Palm Cove one", "Palm Cove two"):
        fill(page, **{"Who, by their title": "Partner, West Midlands", "Course": course})
        press(page, "Record this course")
        press(page, KEEP)
        press(page, "Record this course")

    with world.database.read() as session:
        courses = set(session.exec(select(Training.course)))
    assert courses >= {"Palm Cove one", "Palm Cove two"}
