"""What a file is read against: the forces, regions, zones and days that the operation knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True)
class KnownPlace:
    """A region or a zone; files may use its code or its name."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownForce:
    """A force; `region` is None when it works in every nation, and the file then says where each action is."""

    code: str
    name: str
    region: str | None
    aliases: tuple[str, ...] = ()


class Kept(NamedTuple):
    """What is kept of an action that an export may say in words that a file could not bring."""

    languages: tuple[str, ...] | None = None
    intelligence_system: str | None = None
    intelligence_reference: str | None = None


@dataclass(frozen=True)
class Known:
    """What the operation knows; `regions` are those an action can happen in, days outside first to last are refused.

    `kept` is of the actions there are, by reference, casefolded.

    Files speak London local time.
    """

    forces: tuple[KnownForce, ...] = ()
    regions: tuple[KnownPlace, ...] = ()
    zones: tuple[KnownPlace, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    kept: Mapping[str, Kept] = field(default_factory=dict)
