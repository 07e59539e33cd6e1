"""This installation's own keys: files beside the database, made once and readable by its account alone."""

import base64
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from planner.errors import Refused
from planner.settings import load_settings

SEAL_FILE = "sign_in.key"


def installation_key(name: str) -> bytes:
    """Thirty-two random bytes in a file of the installation's folder; without it, what it made cannot be read."""
    path = load_settings().var / name
    if not path.exists():
        _make_key(path)
    return path.read_bytes()


def _make_key(path: Path) -> None:
    """Written whole under another name, then linked: two processes that start together keep one key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def seal(secret: str) -> str:
    """Encrypted, so that a copy of the database alone opens nothing."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Refused(
            f"The second factor cannot be read: {SEAL_FILE} is not the key it was kept with. "
            "Ask the administrator to restore that file, or to reset your second factor."
        ) from None


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(installation_key(SEAL_FILE)))
