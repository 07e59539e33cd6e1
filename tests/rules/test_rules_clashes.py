"""The rule of clashes: the same from both sides, and changed by every change of either."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from planner.rules.clashes import (
    NEAR,
    Ground,
    Side,
    all_clashes,
    clash,
    fingerprint,
    grounds,
    grounds_words,
    last_night,
)

DAWN = datetime(2026, 11, 26, 6, tzinfo=UTC)
ONE = Side(1, "wm", DAWN, DAWN + timedelta(hours=3), "cell", None, None)

sides = st.builds(
    Side,
    st.integers(1, 4),
    st.just("wm"),
    st.integers(0, 200).map(lambda hours: DAWN + timedelta(hours=hours)),
    st.integers(201, 210).map(lambda hours: DAWN + timedelta(hours=hours)),
    st.sampled_from([None, "a", "b"]),
    st.sampled_from([None, "HOLMES"]),
    st.sampled_from([None, "1", "2"]),
    st.sampled_from([None, "m", "n"]),
    st.integers(1, 2),
    st.sampled_from([None, "TEAM 1", "TEAM 2"]),
    st.frozensets(st.integers(1, 3), max_size=2),
    st.frozensets(st.integers(1, 9), max_size=2),
)
many = st.lists(sides, max_size=9).map(lambda found: [side._replace(id=number) for number, side in enumerate(found, 1)])


@given(sides, sides)
def test_both_sides_are_told_alike(one: Side, other: Side) -> None:
    other = other._replace(id=one.id + 1)

    assert clash(one, other) == clash(other, one)
    assert fingerprint(one, other) == fingerprint(other, one)


def test_the_margin_ends_where_it_says() -> None:
    just_near = ONE._replace(id=2, starts_at=ONE.ends_at + NEAR - timedelta(seconds=1), ends_at=ONE.ends_at + NEAR * 2)
    far = just_near._replace(starts_at=ONE.ends_at + NEAR)

    assert clash(ONE, just_near)
    assert not clash(ONE, far)


def test_nothing_known_clashes_with_nothing() -> None:
    blank = ONE._replace(cell=None)

    assert not clash(blank, blank._replace(id=2))
    assert not clash(blank._replace(intelligence_system="HOLMES"), blank._replace(id=2, intelligence_system="HOLMES"))


def test_the_same_intelligence_elsewhere_is_a_clash() -> None:
    one = ONE._replace(cell=None, intelligence_system="HOLMES", intelligence_reference="4711")

    assert clash(one, one._replace(id=2, region="ne"))
    assert not clash(one, one._replace(id=2, intelligence_reference="4712"))


def test_a_change_of_either_side_is_another_fingerprint() -> None:
    other = ONE._replace(id=2)

    assert fingerprint(ONE, other) != fingerprint(ONE, other._replace(cell="elsewhere"))
    assert fingerprint(ONE, other) != fingerprint(ONE._replace(ends_at=DAWN + timedelta(hours=4)), other)


@given(many)
def test_the_sweep_finds_what_comparing_each_with_each_finds(found: list[Side]) -> None:
    pairs = combinations(found, 2)

    assert all_clashes(found) == {(one.id, other.id): why for one, other in pairs if (why := grounds(one, other))}


def test_one_team_or_one_lead_is_a_clash_only_at_the_same_time() -> None:
    one = ONE._replace(cell=None, force_id=1, team="TEAM 1", leads=frozenset({7}))
    at_once, after = one._replace(id=2), one._replace(id=2, starts_at=ONE.ends_at, ends_at=ONE.ends_at + NEAR)

    assert grounds(one, at_once) == (Ground.TEAM, Ground.LEAD)
    assert grounds(one, at_once._replace(force_id=2, leads=frozenset())) == ()  # another force's team of that name
    assert grounds(one, after) == ()


def test_the_same_premises_reference_is_a_clash_across_regions() -> None:
    one = ONE._replace(cell="here", mark="premises")

    assert grounds(one, one._replace(id=2, cell="there", region="scotland")) == (Ground.NEAR,)


def test_last_places_are_a_clash_whenever_the_doors_open() -> None:
    one = ONE._replace(cell=None, rivals=frozenset({2}))
    other = ONE._replace(id=2, cell=None, starts_at=DAWN + NEAR * 3, ends_at=DAWN + NEAR * 4)

    assert grounds(one, other) == grounds(other, one) == (Ground.PLACES,)


def test_a_lead_who_is_not_in_common_changes_no_clearance() -> None:
    other = ONE._replace(id=2)

    assert fingerprint(ONE, other) == fingerprint(ONE._replace(leads=frozenset({1})), other)
    shared = ONE._replace(leads=frozenset({1})), other._replace(leads=frozenset({1, 2}))
    assert fingerprint(*shared) != fingerprint(ONE, other)
    assert fingerprint(ONE._replace(team="TEAM 1"), other) != fingerprint(ONE, other)


def test_what_both_read_says_what_they_have_in_common_and_no_more() -> None:
    assert grounds_words(["near"]) == "Another action is near in place or source, and time."
    assert grounds_words(["near", "team", "places"]) == (
        "Another action is near in place or source, and time, counts on the same team "
        "and asks for the same last places."
    )


def test_the_night_begins_at_three_on_the_clock_on_the_wall() -> None:
    assert last_night(datetime(2026, 11, 24, 9, tzinfo=UTC)) == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert last_night(datetime(2026, 11, 24, 2, 59, tzinfo=UTC)) == datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert last_night(datetime(2027, 3, 28, 2, tzinfo=UTC)) == datetime(2027, 3, 28, 2, tzinfo=UTC)
    assert last_night(datetime(2027, 10, 31, 2, 59, tzinfo=UTC)) == datetime(2027, 10, 30, 2, tzinfo=UTC)
