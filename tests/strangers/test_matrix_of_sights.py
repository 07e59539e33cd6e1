"""What is seen: each kind of thing looked for by who holds each post alone."""

from collections import Counter
from collections.abc import Callable

from sqlmodel import col, select

from planner import access
from planner.errors import NotFound
from planner.models.operations import Operation
from planner.outputs.handover import may_hand_over
from planner.rules.access import TABLE, Verb
from planner.views.care import capacity
from planner.views.care_bookings import own_bookings
from planner.views.my_conferences import my_undertakings
from planner.views.my_part import my_offers
from planner.views.operation import agencies
from planner.views.record import LineFilter, count_lines
from planner.work import Look
from tests.builders import World
from tests.strangers.scene import REFERENCE, Scene
from tests.strangers.seats import take_seats


def _action(look: Look) -> bool:
    try:
        return access.action_id_of(look, REFERENCE) > 0
    except NotFound:
        return False


def _operation(look: Look) -> bool:
    visible = access.visible_operations(look)
    query = select(Operation.id).where(Operation.code == "OP1", col(Operation.id).in_(visible))
    return look.session.exec(query).first() is not None


def _pack(look: Look) -> bool:
    operation = look.session.exec(select(Operation.id).where(Operation.code == "OP1")).one()
    return may_hand_over(look, operation or 0)


# What a post that may see it finds, and any other does not.
SEEN_BY: dict[Verb, Callable[[Look], bool]] = {
    Verb.SEE_OPERATION: _operation,
    Verb.SEE_ACTIONS: _action,
    Verb.SEE_OFFERS: lambda look: bool(my_offers(look) or my_undertakings(look)),
    Verb.SEE_BOOKINGS: lambda look: bool(own_bookings(look)),
    Verb.SEE_PROVIDERS: lambda look: any(row.kind == "care_provider" for row in agencies(look)),
    Verb.SEE_HANDOVER: _pack,
    Verb.SEE_RECORD: lambda look: count_lines(look, LineFilter()) > 0,
}
# These open a page, and are tried there.
OF_PAGES = {Verb.SEE_CARE, Verb.SEE_GO_AHEAD}


def test_what_is_seen_is_what_the_table_says(staged: tuple[World, Scene]) -> None:
    world, _ = staged
    seats = take_seats(world)
    counted = Counter[str]()

    assert set(SEEN_BY) | OF_PAGES == {verb for verb in Verb if verb.name.startswith("SEE_")}
    for verb, finds in SEEN_BY.items():
        for seat in seats:
            with world.desk(seat.name).reading() as look:
                found = finds(look)
            assert found == seat.meets(TABLE[verb].get(seat.post)), (verb, seat.name)
            counted["seen" if found else "not seen"] += 1

    print(f"seen: {dict(counted)}")
    assert counted["seen"]
    assert counted["not seen"]


def test_who_keeps_accounts_sees_no_operation_and_counts_no_place(staged: tuple[World, Scene]) -> None:
    world, _ = staged

    with world.desk("administrator").reading() as look:
        assert (_operation(look), _action(look), capacity(look)) == (False, False, ())
    with world.desk("cell").reading() as look:
        assert (_operation(look), _action(look)) == (True, True)
        assert capacity(look) != ()
