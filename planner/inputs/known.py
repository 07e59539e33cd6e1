"""What a file is read against: the forces, regions, zones and days that the operation knows."""

from dataclasses import dataclass
from datetime import date


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


@dataclass(frozen=True)
class Known:
    """What the operation knows; `regions` are those an action can happen in, days outside first to last are refused.

    Files speak London local time.
    """

    forces: tuple[KnownForce, ...] = ()
    regions: tuple[KnownPlace, ...] = ()
    zones: tuple[KnownPlace, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
