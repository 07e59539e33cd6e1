"""A postcode becomes a coarse cell for the clash check and is not kept: the cell says only "the same" or "another"."""

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
    # There are only some thousand outward codes, so without a key anyone could try them all.
    return hmac.new(installation_key(KEY_FILE), found.group(1).encode(), hashlib.sha256).hexdigest()[:32]
