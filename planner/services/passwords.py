"""What makes a password hard to guess: its length, and that nobody else thought of it first.

NIST SP 800-63B, 5.1.1: no rules of composition, a list of common ones instead.
"""

import functools
import secrets
import threading
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.low_level import ARGON2_VERSION

from planner.errors import InputError
from planner.settings import load_settings

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
COMMON_FILE = "common_passwords.txt"
TRIMMINGS = "0123456789!?.,-_*#@$ "
FEWEST_LETTERS = 5
HASHER = PasswordHasher()
_turns = threading.BoundedSemaphore(2)  # each hash takes 64 MiB and a processor


@functools.cache
def _common() -> frozenset[str]:
    return frozenset((load_settings().data / COMMON_FILE).read_text("utf-8").split("\n"))


def check_password(password: str, user_name: str) -> None:
    """InputError when it is short, common (digits and signs round a common one change nothing) or holds the name."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InputError(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; this one has {len(password)}. "
            "Three or four words that do not belong together are long and easy to keep in mind."
        )
    folded = password.casefold()
    if folded in _common() or folded.strip(TRIMMINGS) in _common() or len(set(folded)) < FEWEST_LETTERS:
        raise InputError(
            "This password is among those that are tried first. Choose words that nobody else would put together."
        )
    if len(user_name) > 2 and user_name.casefold() in folded:
        raise InputError("The password holds the user name. Choose one that does not.")


def hash_password(password: str) -> str:
    with _turns:
        return HASHER.hash(password)


def of_nobody() -> str:
    """Tried against when the user is unknown: as slow as what is kept of a known one, and no password's."""
    parts = (secrets.token_bytes(size) for size in (HASHER.salt_len, HASHER.hash_len))
    salt, digest = (b64encode(part).rstrip(b"=").decode() for part in parts)
    costs = f"m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${digest}"


def fits(kept: str | None, password: str) -> bool:
    """Slow on purpose, and as slow where nothing is kept; so never inside a write transaction."""
    try:
        with _turns:
            HASHER.verify(kept or of_nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return bool(kept)
