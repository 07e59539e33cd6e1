"""Which change asks whom again: a table over kinds of change, posts and kinds of agency."""

from datetime import timedelta

import pytest

from planner.rules.concerns import AskedOn, because_words, changes_between, concerning
from planner.rules.role_words import Concern
from planner.rules.words import AgencyKind, Children, Immigration
from tests.builders import DAWN

BEFORE = AskedOn(
    starts_at=DAWN,
    ends_at=DAWN + timedelta(hours=3),
    premises=("residential", 1, "cell"),
    demand={("woman", "none"): (2, 4)},
    children=Children.NONE,
    children_number=0,
    immigration=Immigration.ON_CALL,
    languages=frozenset({"romanian"}),
)
LATER = BEFORE._replace(starts_at=DAWN + timedelta(days=1), ends_at=DAWN + timedelta(days=1, hours=3))
MORE = BEFORE._replace(demand={("woman", "none"): (2, 5)})
FEWER = BEFORE._replace(demand={("woman", "none"): (1, 4)})
OTHERS = BEFORE._replace(demand={("woman", "none"): (2, 4), ("man", "none"): (0, 1)})
NEARER = BEFORE._replace(immigration=Immigration.ON_SITE)
AWAY = BEFORE._replace(immigration=Immigration.NOT_ATTENDING)
UNKNOWN = BEFORE._replace(children=Children.UNKNOWN)
EXPECTED = BEFORE._replace(children=Children.EXPECTED, children_number=1)
SPOKEN = BEFORE._replace(languages=frozenset({"romanian", "albanian"}))
SILENT = BEFORE._replace(languages=frozenset())
ELSEWHERE = BEFORE._replace(premises=("residential", 2, "cell"))

NGO, POLICE = AgencyKind.NGO, AgencyKind.POLICE_FORCE
NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("after", "concerns", "kind", "asked"),
    [
        # Another time asks everybody; nothing changed asks nobody.
        (LATER, NOTHING, NGO, [Concern.TIME]),
        (LATER, NOTHING, POLICE, [Concern.TIME]),
        (BEFORE, frozenset(Concern), NGO, []),
        # More people, or others, ask those whose post is answered on numbers; fewer ask nobody.
        (MORE, {"numbers"}, NGO, [Concern.NUMBERS]),
        (MORE, {"languages"}, NGO, []),
        (OTHERS, {"numbers"}, NGO, [Concern.NUMBERS]),
        (FEWER, {"numbers"}, NGO, []),
        # Immigration enforcement coming nearer asks whoever is no enforcer, whatever the post; going away asks nobody.
        (NEARER, NOTHING, NGO, [Concern.IMMIGRATION]),
        (NEARER, NOTHING, AgencyKind.CARE_PROVIDER, [Concern.IMMIGRATION]),
        (NEARER, NOTHING, POLICE, []),
        (NEARER, {"immigration"}, AgencyKind.IMMIGRATION, [Concern.IMMIGRATION]),
        (AWAY, {"immigration"}, NGO, []),
        # A child that may be there asks the posts for children; that none is expected asks nobody.
        (UNKNOWN, {"children"}, NGO, [Concern.CHILDREN]),
        (EXPECTED, {"children"}, NGO, [Concern.CHILDREN]),
        (EXPECTED, {"numbers"}, NGO, []),
        # Another language asks the interpreters; one fewer asks nobody.
        (SPOKEN, {"languages"}, NGO, [Concern.LANGUAGES]),
        (SPOKEN, {"premises"}, NGO, []),
        (SILENT, {"languages"}, NGO, []),
        # Other premises ask who goes through the door.
        (ELSEWHERE, {"premises"}, POLICE, [Concern.PREMISES]),
        (ELSEWHERE, {"numbers"}, NGO, []),
    ],
)
def test_a_change_asks_again_those_whom_it_concerns(
    after: AskedOn, concerns: frozenset[str], kind: AgencyKind, asked: list[Concern]
) -> None:
    found = concerning(changes_between(BEFORE, after), concerns, kind)

    assert [change.concern for change in found] == asked


def test_that_no_children_are_expected_any_more_asks_nobody() -> None:
    assert changes_between(EXPECTED, BEFORE) == ()


def test_what_changed_is_said_without_a_number_a_place_or_a_profile() -> None:
    after = LATER._replace(demand={("woman", "none"): (7, 9)}, premises=("sauna", 3, "other"))

    said = because_words(changes_between(BEFORE, after))

    assert said == (
        "The time was Thu 26 November, 06:00 to 09:00 and is now Fri 27 November, 06:00 to 09:00; "
        "the premises are others than before; more people are expected than before."
    )
