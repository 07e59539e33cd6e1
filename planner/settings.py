"""Settings from the environment; every one has a safe default and is listed in the README."""

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path

from planner.errors import StorageError
from planner.rules.words import Marking

ROOT = Path(__file__).resolve().parent.parent
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Settings:
    """What an installation may set; paths are absolute."""

    database_url: str
    var: Path
    data: Path
    public_url: str
    secure_cookies: bool
    retention_years: int = 6
    ceiling: Marking = Marking.OFFICIAL_SENSITIVE
    oidc_file: Path | None = None
    mail_file: Path | None = None
    proxies: tuple[Network, ...] = ()

    @property
    def checkpoints(self) -> Path:
        """Checkpoints of the record are kept outside the database, so that both must be forged together."""
        return self.var / "checkpoints.jsonl"


def load_settings() -> Settings:
    """Read the settings that begin with PLANNER_; StorageError when one of them cannot be taken."""
    var = Path(os.environ.get("PLANNER_VAR", ROOT / "var")).resolve()
    url = os.environ.get("PLANNER_DATABASE_URL") or f"sqlite:///{var / 'planner.db'}"
    public_url = os.environ.get("PLANNER_PUBLIC_URL", "http://127.0.0.1:8501").rstrip("/")
    secure = os.environ.get("PLANNER_SECURE_COOKIES", "yes" if public_url.startswith("https:") else "no")
    files = _file("PLANNER_OIDC_FILE"), _file("PLANNER_MAIL_FILE")
    asked = _retention_years(), _ceiling(), *files, _proxies()
    return Settings(url, var, ROOT / "data", public_url, secure == "yes", *asked)


def _file(name: str) -> Path | None:
    """A file that may hold secrets stands beside the settings and not in them."""
    said = os.environ.get(name, "").strip()
    return Path(said).resolve() if said else None


def _retention_years() -> int:
    """A figure that is stated on the Record page: nothing is deleted by itself."""
    said = os.environ.get("PLANNER_RETENTION_YEARS", "6").strip()
    if not said.isdecimal() or not 1 <= int(said) <= 100:
        raise StorageError(f"PLANNER_RETENTION_YEARS is {said!r}: give a whole number of years, 1 to 100.")
    return int(said)


def _ceiling() -> Marking:
    """The highest marking that this installation may hold."""
    said = os.environ.get("PLANNER_CEILING", Marking.OFFICIAL_SENSITIVE.value).strip()
    if said not in list(Marking):
        raise StorageError(
            f"PLANNER_CEILING is {said!r}: give {' or '.join(Marking)}; what is above belongs elsewhere."
        )
    return Marking(said)


def _proxies() -> tuple[Network, ...]:
    """Whose word for where a request comes from is believed."""
    said = [part.strip() for part in os.environ.get("PLANNER_PROXIES", "").split(",") if part.strip()]
    try:
        return tuple(ipaddress.ip_network(part) for part in said)
    except ValueError:
        raise StorageError(
            f"PLANNER_PROXIES is {', '.join(said)!r}: give addresses or networks with commas between, "
            "for example 127.0.0.1, 10.0.0.0/24."
        ) from None
