"""A postcode becomes a coarse cell for the clash check and is not kept: the cell says only "the same" or "another"."""

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from planner.errors import InputError
from planner.settings import load_settings

KEY_FILE = "clash.key"
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?:[0-9][A-Z]{2})?")


def cell_of(postcode: str) -> str:
    """The keyed hash of a postcode's outward part, a few thousand homes; InputError when it is no postcode."""
    found = POSTCODE.fullmatch("".join(postcode.upper().split()))
    if found is None:
        raise InputError("That is no postcode. Type one such as B1 1AA, or its first half; it is not kept.")
    return hmac.new(_key(), found.group(1).encode(), hashlib.sha256).hexdigest()[:32]


def _key() -> bytes:
    """This installation's own key, made once and readable by its account alone.

    There are only some thousand outward codes, so without a key anyone could try them all.
    """
    path = load_settings().var / KEY_FILE
    if not path.exists():
        _make_key(path)
    return path.read_bytes()


def _make_key(path: Path) -> None:
    """Written whole under another name, then linked: two processes that start together keep one key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{KEY_FILE}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
