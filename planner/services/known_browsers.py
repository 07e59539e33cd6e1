"""Browsers in which somebody signed in before: a pause after wrong passwords does not shut their owner out there.

Without this a stranger who knows a user name could keep its owner out for as long as they like, with a wrong password
every quarter of an hour. Source: OWASP, "Slow down online guessing attacks with device cookies".
"""

import hashlib
import hmac
import secrets

from planner.services.keys import installation_key

KEY_FILE = "known_browsers.key"


def mark_for(user_name: str) -> str:
    """What a browser keeps: good for this name alone, and for nothing but to be asked as usual."""
    nonce = secrets.token_urlsafe(16)
    return f"{nonce}.{_seal(user_name, nonce)}"


def is_known(user_name: str, mark: str) -> bool:
    """Whether the mark was made here for this name."""
    nonce, _, seal = mark.partition(".")
    return bool(nonce) and hmac.compare_digest(seal.encode(), _seal(user_name, nonce).encode())


def _seal(user_name: str, nonce: str) -> str:
    return hmac.new(installation_key(KEY_FILE), f"{nonce}\n{user_name}".encode(), hashlib.sha256).hexdigest()
