"""Units that ask for co-operation with the police: who declines would be refused there, so planners see it beforehand.

Nobody keeps whether a person co-operates, and so no unit is left out for it: what would be left without such units is
said beside what there is. In 2006 all 25 funded places were tied to it.
"""

from collections.abc import Sequence

from planner.rules.counts import count_words
from planner.rules.placement import Placement
from planner.rules.shortage import short_words

ASKS = "asks for co-operation with the police"
REFUSED = "a person who declines would be refused there"


def asking_words(asking: Sequence[str], of: int) -> str:
    """ "1 of 6 units asks for co-operation with the police (U001): a person who declines would be refused there."."""
    if not asking:
        return ""
    ask = ASKS if len(asking) == 1 else ASKS.replace("asks", "ask")
    return f"{len(asking)} of {count_words(of, 'unit')} {ask} ({', '.join(asking)}): {REFUSED}."


def without_words(without: Placement, asking: int) -> str:
    """What would be left where nobody co-operates, without the so many units that ask for it."""
    them = "it" if asking == 1 else "them"
    if without.placeable:
        return f"Without {them} everybody could still be placed."
    return f"Without {them} {short_words(without)}."


def booked_words(confirmed: int, held: int) -> str:
    """ "Of what is booked, 2 places confirmed and 1 held are in such units."."""
    said = [f"{number} {state}" for number, state in ((confirmed, "confirmed"), (held, "held")) if number]
    if not said:
        return ""
    total = confirmed + held
    return f"Of the places booked {' and '.join(said)} {'is' if total == 1 else 'are'} in such a unit."
