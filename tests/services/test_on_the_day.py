"""People counted on the day: presses of several people at once, corrections, a difference explained."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import col, func, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, PlannerError, Refused, Stale
from planner.facts_day import counted_at, explanations
from planner.models.on_the_day import DayTap
from planner.models.records import RecordLine
from planner.rules.on_the_day import Count, Totals
from planner.rules.words import ActionState
from planner.services.on_the_day import CountRequest, count_people, explain_counts
from tests.builders import DAWN, World, a_world, an_action
from tests.day import REFERENCE, a_loggist, begun, press

MET, RECEPTION, PLACED = Count.ENCOUNTERED, Count.RECEPTION, Count.PLACED
WHY = "One left before she was asked where to."


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def now(world: World) -> Totals:
    with world.desk("silver").reading() as look:
        return counted_at(look, 1).totals


def explained(world: World) -> list[str]:
    with world.desk("silver").reading() as look:
        return [item.sentence for item in explanations(look, [1]).values()]


def count(world: World, what: Count, key: str, who: str = "silver", **more: object) -> Totals:
    with world.desk(who, DAWN).writing() as work:
        return count_people(work, CountRequest(REFERENCE, what, key, **more))  # type: ignore[arg-type]


def explain(world: World, last_tap: int, sentence: str = WHY, who: str = "silver") -> None:
    with world.desk(who, DAWN).writing() as work:
        explain_counts(work, REFERENCE, sentence, last_tap=last_tap)


def test_whoever_is_there_to_count_counts(world: World) -> None:
    begun(world)
    a_loggist(world)

    for number, who in enumerate(("silver", "loggist", "cell", "care_lead"), 1):
        assert count(world, MET, who, who).encountered == number
    count(world, RECEPTION, "r")
    count(world, PLACED, "p")
    after = count(world, PLACED, "m", moved_from=RECEPTION)

    assert (after.encountered, after.of(RECEPTION), after.of(PLACED), after.difference) == (4, 0, 2, 2)
    with world.desk("cell").reading() as look:
        query = select(RecordLine.sentence).where(RecordLine.verb == "count_people").order_by(col(RecordLine.number))
        said = look.session.exec(query).all()
    assert said[3] == "One more: 4 encountered. 4 of 4 encountered are not accounted for."
    assert said[-1] == "One moved on: 0 at reception, 2 placed now. 2 of 4 encountered are not accounted for."


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        *((name, NotAllowed) for name in ("gold", "national")),
        *((name, NotFound) for name in ("partner", "provider", "other_silver", "stranger")),
    ],
)
def test_nobody_else_counts(world: World, who: str, answer: type[PlannerError]) -> None:
    begun(world)

    with pytest.raises(answer):
        count(world, MET, "k", who)
    with pytest.raises(answer):
        explain(world, 0, who=who)

    assert now(world).is_empty


def test_a_press_that_is_sent_twice_is_one_and_two_presses_are_two(world: World) -> None:
    begun(world)

    first, again, second = (count(world, MET, key) for key in ("k1", "k1", "k2"))

    assert (first.encountered, again.encountered, second.encountered) == (1, 1, 2)
    with pytest.raises(Refused, match="sent before for something else"):
        count(world, RECEPTION, "k1")


def test_a_correction_goes_down_to_zero_and_not_below(world: World) -> None:
    begun(world)
    press(world, MET)

    assert count(world, MET, "down", step=-1).encountered == 0
    with pytest.raises(Refused, match="Nobody is counted as encountered: 0 goes no lower"):
        count(world, MET, "lower", step=-1)
    with pytest.raises(Refused, match="Nobody is counted as at reception"):
        count(world, PLACED, "from nowhere", moved_from=RECEPTION)

    assert now(world).is_empty


@pytest.mark.parametrize(
    "more",
    [{"step": 2}, {"step": 0}, {"moved_from": PLACED}, {"moved_from": MET}, {"moved_from": RECEPTION, "step": -1}],
)
def test_what_is_no_press_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(InputError):
        CountRequest(REFERENCE, PLACED, "k", **more)  # type: ignore[arg-type]


def test_people_are_counted_once_the_action_has_begun_and_corrected_for_a_fortnight(world: World) -> None:
    an_action(world)
    with pytest.raises(Refused, match="WM-0001 has not begun"):
        count(world, MET, "early")
    with pytest.raises(Refused, match="WM-0001 has not begun"):
        explain(world, 0)

    an_action(world, "WM-0002", state=ActionState.DONE)
    for number, days in enumerate((1, 14)):
        with world.desk("silver", DAWN + timedelta(days=days)).writing() as work:
            count_people(work, CountRequest("WM-0002", MET, f"late{number}"))
    with (
        pytest.raises(Refused, match="14 days after its end"),
        world.desk("silver", DAWN + timedelta(15)).writing() as w,
    ):
        count_people(w, CountRequest("WM-0002", MET, "too late"))
    with world.desk("silver", DAWN + timedelta(days=15)).writing() as work:
        explain_counts(work, "WM-0002", WHY, last_tap=2)


def test_an_explanation_is_for_the_numbers_its_author_saw_and_falls_away_with_them(world: World) -> None:
    begun(world)
    press(world, MET, MET, RECEPTION)
    with pytest.raises(Stale, match="Somebody counted since your page was drawn"):
        explain(world, 2)
    with pytest.raises(InputError, match="is missing"):
        explain(world, 3, " ")

    explain(world, 3)
    assert explained(world) == [WHY]
    press(world, RECEPTION, key="again")
    assert explained(world) == []
    with pytest.raises(Refused, match="All 2 encountered are accounted for"):
        explain(world, 4)


def test_that_nobody_was_met_is_said_and_not_assumed(world: World) -> None:
    begun(world)

    explain(world, 0, "Nobody was encountered.")
    assert explained(world) == ["Nobody was encountered."]
    press(world, MET)

    assert explained(world) == []


def test_of_many_who_press_at_once_nobody_loses_a_press(world: World) -> None:
    begun(world)
    a_loggist(world)
    each, barrier = 12, Barrier(4)

    def presses(who: str) -> None:
        barrier.wait()
        for number in range(each):
            count(world, MET, f"{who}-{number}", who)
            count(world, MET, f"{who}-{number}", who)  # sent again, as on a bad line

    together(presses, ("silver", "loggist", "cell", "care_lead"))

    assert now(world).encountered == 4 * each
    with world.desk("silver").reading() as look:
        assert look.session.exec(select(func.count()).select_from(DayTap)).one() == 4 * each


def test_of_two_who_take_the_last_one_away_at_once_one_is_refused(world: World) -> None:
    begun(world)
    barrier = Barrier(2)
    said: list[str] = []

    def take(who: str) -> None:
        barrier.wait()
        try:
            count(world, MET, f"down-{who}", who, step=-1)
            said.append("done")
        except Refused:
            said.append("refused")

    for number in range(6):
        press(world, MET, key=str(number))
        with world.database.write() as session:  # a new round: keys of the last one are free again
            for tap in session.exec(select(DayTap).where(DayTap.step == -1)).all():
                tap.request_key = None
                session.add(tap)
        together(take, ("silver", "cell"))

    assert sorted(said) == ["done"] * 6 + ["refused"] * 6
    assert now(world).encountered == 0


def together(work: Callable[[str], None], people: tuple[str, ...]) -> None:
    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(work, people))
