"""The rule of clashes: the same from both sides, and changed by every change of either."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.rules.clashes import NEAR, Side, clash, fingerprint

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
)


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
