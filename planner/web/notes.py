"""What the record says of an address that nobody signed in from: once in a quarter of an hour, never the address."""

import hashlib
import hmac
import time
from collections.abc import Callable

from starlette.types import Scope

from planner.db import Database
from planner.errors import StorageError
from planner.rules.words import Outcome
from planner.services.keys import installation_key
from planner.settings import Settings
from planner.web.attempts import Attempts
from planner.web.callers import caller_of
from planner.work import Desk

KEY_FILE = "addresses.key"


class Notes:
    """Lines about addresses; which it was can be told from others by a keyed mark, and from nothing else."""

    def __init__(self, database: Database, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.database, self.settings, self.clock = database, settings, clock
        self._noted = Attempts()

    def note(self, scope: Scope, sentence: str) -> None:
        """Keep the sentence, unless it was kept of this address a short while ago."""
        address = caller_of(scope, self.settings.proxies)
        if not self._noted.is_to_be_recorded(f"{address} {sentence}", self.clock()):
            return
        mark = hmac.new(installation_key(KEY_FILE), address.encode(), hashlib.sha256).hexdigest()[:8]
        try:
            with Desk(self.database).writing() as work:
                work.record("sign_in", sentence, kind="address", ref=f"address {mark}", outcome=Outcome.REFUSED)
        except StorageError:
            return
