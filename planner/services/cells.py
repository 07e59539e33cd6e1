"""A postcode or a premises reference becomes a mark for the clash check and is not kept: it says only "the same"."""

import hashlib
import hmac
import re

from planner.errors import InputError
from planner.services.keys import installation_key

KEY_FILE = "clash.key"
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?:[0-9][A-Z]{2})?")


def cell_of(postcode: str) -> str:
    """The keyed hash of a postcode's outward part, a few thousand homes; InputError when it is no postcode."""
    found = POSTCODE.fullmatch("".join(postcode.upper().split()))
    if found is None:
        raise InputError("That is no postcode. Type one such as B1 1AA, or its first half; it is not kept.")
    return _keyed(found.group(1))


def mark_of(premises_reference: str) -> str:
    """The keyed hash of a reference to premises in another system, however it is spaced and in whichever case."""
    return _keyed("premises " + "".join(premises_reference.upper().split()))


def _keyed(said: str) -> str:
    """There are only some thousand outward codes, so without a key anyone could try them all."""
    return hmac.new(installation_key(KEY_FILE), said.encode(), hashlib.sha256).hexdigest()[:32]
