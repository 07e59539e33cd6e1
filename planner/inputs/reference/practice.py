"""Practice as data: the role catalogue, what to expect by premises, and what past campaigns published."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from planner.inputs.records import Origin, Record, read_records, refuse_repeats
from planner.rules.role_words import Concern
from planner.rules.words import ActionKind, AgencyKind, Nation, PremisesKind, Profile

ROLE_COLUMNS = (
    *("code", "title", "responsibilities", "agency_kinds", "action_kinds", "nations", "required"),
    *("on_entry", "count", "needs_training", "answer_hours", "concerns", "version"),
)
PRESET_COLUMNS = ("premises_kind", "profile", "low", "likely", "high")
FIGURE_COLUMNS = ("operation", "measure", "value", "unit", "definition", "claimed_or_verified")


class Claim(StrEnum):
    CLAIMED = "claimed"
    VERIFIED = "verified"


@dataclass(frozen=True)
class Role:
    """A post of the catalogue; `action_kinds` and `nations` are empty when it serves them all.

    `concerns` is what of an action it is answered on, beside the time.
    """

    code: str
    title: str
    responsibilities: tuple[str, ...]
    agency_kinds: tuple[AgencyKind, ...]
    action_kinds: tuple[ActionKind, ...]
    nations: tuple[Nation, ...]
    required: bool
    on_entry: bool
    count: int
    needs_training: bool
    answer_hours: int
    concerns: tuple[Concern, ...]
    version: int
    origin: Origin


@dataclass(frozen=True)
class PremisesPreset:
    """People to expect at one premises, per profile: where planning starts, not what it ends with."""

    premises_kind: PremisesKind
    profile: Profile
    low: int
    likely: int
    high: int
    origin: Origin


@dataclass(frozen=True)
class PublishedFigure:
    """One figure of one source; figures that disagree stay separate rows."""

    operation: str
    measure: str
    value: int
    unit: str
    definition: str
    claim: Claim
    origin: Origin


def load_roles(data: Path) -> tuple[Role, ...]:
    records = read_records(data / "role_catalogue.csv", ROLE_COLUMNS)
    refuse_repeats(records, "code", "version")
    return tuple(_role(record) for record in records)


def _role(r: Record) -> Role:
    return Role(
        code=r.text("code"),
        title=r.text("title"),
        responsibilities=r.codes("responsibilities"),
        agency_kinds=r.words("agency_kinds", AgencyKind),
        action_kinds=r.words("action_kinds", ActionKind),
        nations=r.words("nations", Nation),
        required=r.yes("required"),
        on_entry=r.yes("on_entry"),
        count=r.whole("count"),
        needs_training=r.yes("needs_training"),
        answer_hours=r.whole("answer_hours"),
        concerns=r.words("concerns", Concern),
        version=r.whole("version"),
        origin=r.origin(),
    )


def load_premises_presets(data: Path) -> tuple[PremisesPreset, ...]:
    records = read_records(data / "premises_presets.csv", PRESET_COLUMNS)
    refuse_repeats(records, "premises_kind", "profile")
    return tuple(_preset(record) for record in records)


def _preset(r: Record) -> PremisesPreset:
    low, likely, high = r.whole("low"), r.whole("likely"), r.whole("high")
    if not low <= likely <= high:
        r.refuse("likely", f"{low}, {likely}, {high} do not rise from low to high.")
    kind, profile = r.word("premises_kind", PremisesKind), r.word("profile", Profile)
    return PremisesPreset(kind, profile, low, likely, high, r.origin())


def load_published_figures(data: Path) -> tuple[PublishedFigure, ...]:
    records = read_records(data / "pentameter_figures.csv", FIGURE_COLUMNS)
    return tuple(
        PublishedFigure(
            operation=r.text("operation"),
            measure=r.text("measure"),
            value=r.whole("value"),
            unit=r.text("unit"),
            definition=r.text("definition"),
            claim=r.word("claimed_or_verified", Claim),
            origin=r.origin(),
        )
        for r in records
    )
