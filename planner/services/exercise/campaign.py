"""A synthetic campaign of Pentameter 2's size, drawn from a seed: which force, when, what premises, how many people.

Anchors are published figures only: 822 premises (157 parlours and saunas, 582 residential, 83 not typed),
55 forces, 167 victims of whom 13 were children. Everything else is synthetic.
"""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.rules.words import Exploitation, Need, PremisesKind, Profile

ACTIONS, PARLOURS, RESIDENTIAL = 822, 157, 582
VICTIMS = 167
HORIZON_DAYS = 182
DISPERSION = 0.5

# Whom to expect: profile, need, kind of exploitation and weight.
KINDS: tuple[tuple[Profile, Need, Exploitation, float], ...] = (
    (Profile.WOMAN, Need.NONE, Exploitation.SEXUAL, 0.58),
    (Profile.WOMAN, Need.WHEELCHAIR, Exploitation.SEXUAL, 0.01),
    (Profile.FAMILY, Need.NONE, Exploitation.SEXUAL, 0.04),
    (Profile.WOMAN, Need.NONE, Exploitation.LABOUR, 0.06),
    (Profile.WOMAN, Need.NONE, Exploitation.DOMESTIC, 0.04),
    (Profile.MAN, Need.NONE, Exploitation.LABOUR, 0.12),
    (Profile.MAN, Need.NONE, Exploitation.SEXUAL, 0.01),
    (Profile.CHILD, Need.NONE, Exploitation.SEXUAL, 0.065),
    (Profile.CHILD, Need.NONE, Exploitation.LABOUR, 0.015),
    (Profile.WOMAN, Need.MEDICAL, Exploitation.SEXUAL, 0.06),
)


class Line(NamedTuple):
    profile: Profile
    need: Need
    low: int
    likely: int
    high: int


class Drawn(NamedTuple):
    """One action as drawn: `force` is an index, `day` the planned day, `roll` in 0..1 decides how far it has come."""

    force: int
    day: date
    premises: PremisesKind
    exploitation: Exploitation
    lines: tuple[Line, ...]
    issued_on: date
    roll: float
    intelligence: int


def draw(seed: int, scale: int, *, forces: int, start: date, actions: int | None = None) -> tuple[Drawn, ...]:
    """Draw the campaign; the same seed, scale and start draw the same actions."""
    rng = np.random.default_rng([seed, scale])
    number = actions or ACTIONS * scale
    grade = rng.choice(3, size=number, p=[0.68, 0.23, 0.09])
    mean = np.array([0.06, 0.28, 1.0])[grade] * rng.gamma(4, 0.25, number)
    mean *= VICTIMS / ACTIONS * number / mean.sum()
    weight = rng.lognormal(0, 0.6, forces)
    weight[0] = 9.0  # one very large force
    force = rng.choice(forces, size=number, p=weight / weight.sum())
    premises = _premises(rng, number)
    days = _days(rng, number, start)
    return tuple(_one(rng, int(force[i]), days[i], premises[i], float(mean[i]), int(grade[i])) for i in range(number))


def _premises(rng: np.random.Generator, number: int) -> list[PremisesKind]:
    """Exactly the published proportions, shuffled."""
    parlours, residential = number * PARLOURS // ACTIONS, number * RESIDENTIAL // ACTIONS
    kinds = [PremisesKind.PARLOUR_OR_SAUNA] * parlours + [PremisesKind.RESIDENTIAL] * residential
    kinds += [PremisesKind.NOT_TYPED] * (number - len(kinds))
    return [kinds[int(index)] for index in rng.permutation(number)]


def _days(rng: np.random.Generator, number: int, start: date) -> list[date]:
    """Planned days, Monday to Friday."""
    offsets: npt.NDArray[np.int64] = rng.integers(7, HORIZON_DAYS, number)
    days = [start + timedelta(days=int(offset)) for offset in offsets]
    return [day - timedelta(days=max(0, day.weekday() - 4)) for day in days]


def _one(rng: np.random.Generator, force: int, day: date, premises: PremisesKind, mean: float, grade: int) -> Drawn:
    number = int(rng.choice([1, 2, 3], p=[0.62, 0.28, 0.10])) if grade else 1
    weights = np.array([kind[3] for kind in KINDS])
    picked = rng.choice(len(KINDS), size=number, replace=False, p=weights / weights.sum())
    share = rng.dirichlet(np.full(number, 2.0))
    exploitation = KINDS[int(picked[int(np.argmax(share))])][2]
    lines = {}
    for index, part in zip(picked, share, strict=True):
        profile, need, _, _ = KINDS[int(index)]
        lines[profile, need] = _line(profile, need, mean * float(part), at_least=1 if grade else 0)
    issued_on = day - timedelta(days=int(rng.integers(5, 40)))
    return Drawn(
        force,
        day,
        premises,
        exploitation,
        tuple(lines[key] for key in sorted(lines)),
        issued_on,
        float(rng.random()),
        int(rng.integers(10_000, 99_999)),
    )


def _line(profile: Profile, need: Need, mean: float, *, at_least: int) -> Line:
    """Low, likely and high of a negative binomial: its 10th percentile, its mean and its 95th percentile."""
    low, high = _percentile(mean, 0.10), max(_percentile(mean, 0.95), at_least)
    likely = min(round(mean), high)
    return Line(profile, need, min(low, likely), likely, high)


def _percentile(mean: float, share: float) -> int:
    """The smallest count whose cumulative probability reaches `share`."""
    chance = DISPERSION / (DISPERSION + mean)
    term = total = chance**DISPERSION
    count = 0
    while total < share and count < 100:
        count += 1
        term *= (count - 1 + DISPERSION) / count * (1 - chance)
        total += term
    return count
