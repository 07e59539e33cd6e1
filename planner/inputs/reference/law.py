"""Law by nation as dated data: support periods, the life of a warrant, bank holidays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from planner.inputs.records import Origin, read_records, refuse_repeats
from planner.rules.words import Nation, Power

PERIOD_COLUMNS = ("title", "nations", "days", "counted_from", "valid_from", "valid_to", "standing")
WARRANT_COLUMNS = ("nation", "months", "rule", "accompanying_rule", "hour_rule", "recorded_step")
POWER_COLUMNS = ("nation", "power", "title")
HOLIDAY_COLUMNS = ("nation", "on", "title")


class PeriodStanding(StrEnum):
    """In force by law, announced or pledged by a minister, or the international floor beneath them."""

    IN_FORCE = "in_force"
    ANNOUNCED = "announced"
    PLEDGED = "pledged"
    FLOOR = "floor"


@dataclass(frozen=True)
class SupportPeriod:
    """How long support lasts, in days; `valid_from` is None for the floor."""

    title: str
    nations: tuple[Nation, ...]
    days: int
    counted_from: str
    valid_from: date | None
    valid_to: date | None
    standing: PeriodStanding
    origin: Origin

    def holds(self, nation: Nation, on: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= on
        return nation in self.nations and begun and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class WarrantRule:
    """How long a warrant stands; `months` is None where the user types the day and nothing is assumed."""

    nation: Nation
    months: int | None
    rule: str
    accompanying_rule: str
    hour_rule: str
    recorded_step: str
    origin: Origin


@dataclass(frozen=True)
class EntryPower:
    """What a power may be called in a nation: offered while it is typed, and never a rule."""

    nation: Nation
    power: Power
    title: str
    origin: Origin


@dataclass(frozen=True)
class BankHoliday:
    nation: Nation
    on: date
    title: str
    origin: Origin


def load_support_periods(data: Path) -> tuple[SupportPeriod, ...]:
    records = read_records(data / "support_periods.csv", PERIOD_COLUMNS)
    refuse_repeats(records, "title")
    return tuple(
        SupportPeriod(
            title=r.text("title"),
            nations=r.words("nations", Nation),
            days=r.whole("days"),
            counted_from=r.text("counted_from"),
            valid_from=r.optional_day("valid_from"),
            valid_to=r.optional_day("valid_to"),
            standing=r.word("standing", PeriodStanding),
            origin=r.origin(),
        )
        for r in records
    )


def support_period(periods: Iterable[SupportPeriod], nation: Nation, on: date) -> SupportPeriod | None:
    """The period that holds in a nation on a day: the latest begun, and the floor only where nothing else does."""
    holding = [period for period in periods if period.holds(nation, on)]
    return max(holding, key=lambda period: period.valid_from or date.min, default=None)


def load_warrant_rules(data: Path) -> tuple[WarrantRule, ...]:
    records = read_records(data / "warrant_rules.csv", WARRANT_COLUMNS)
    refuse_repeats(records, "nation")
    return tuple(
        WarrantRule(
            nation=r.word("nation", Nation),
            months=r.optional_whole("months"),
            rule=r.text("rule"),
            accompanying_rule=r.text("accompanying_rule"),
            hour_rule=r.text("hour_rule"),
            recorded_step=r.optional("recorded_step"),
            origin=r.origin(),
        )
        for r in records
    )


def load_entry_powers(data: Path) -> tuple[EntryPower, ...]:
    records = read_records(data / "entry_powers.csv", POWER_COLUMNS)
    refuse_repeats(records, "nation", "power", "title")
    return tuple(
        EntryPower(r.word("nation", Nation), r.word("power", Power), r.text("title"), r.origin()) for r in records
    )


def load_bank_holidays(data: Path) -> tuple[BankHoliday, ...]:
    records = read_records(data / "bank_holidays.csv", HOLIDAY_COLUMNS)
    refuse_repeats(records, "nation", "on")
    return tuple(BankHoliday(r.word("nation", Nation), r.day("on"), r.text("title"), r.origin()) for r in records)
