"""How often an address failed to sign in of late, and how many are served at once: in memory, and never without end."""

import asyncio
import threading
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MOST_FAILURES = 30
WITHIN_SECONDS = 600
RECORDED_EVERY_SECONDS = 900
MOST_ADDRESSES = 4096
AT_ONCE = 4  # each may ask for a slow hash
WAITING = 32
PATIENCE_SECONDS = 10


@dataclass
class _Kept:
    failed_at: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_FAILURES))
    recorded_at: float | None = None


class Attempts:
    """Failures by address; the clock is given. Whose last failure is longest ago makes room for a new one."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._guard = threading.Lock()

    def seconds_to_wait(self, address: str, now: float) -> float:
        """Until this address may try again; nothing when it may now."""
        with self._guard:
            kept = self._kept.get(address)
            if kept is None or len(kept.failed_at) < MOST_FAILURES:
                return 0
            return max(0, kept.failed_at[0] + WITHIN_SECONDS - now)

    def count(self, address: str, now: float) -> None:
        with self._guard:
            self._of(address).failed_at.append(now)

    def forgive_last(self, address: str) -> None:
        """What was only begun has come to a good end."""
        with self._guard:
            kept = self._kept.get(address)
            if kept is not None and kept.failed_at:
                kept.failed_at.pop()

    def is_to_be_recorded(self, address: str, now: float) -> bool:
        """Once in a quarter of an hour."""
        with self._guard:
            kept = self._of(address)
            if kept.recorded_at is not None and now - kept.recorded_at < RECORDED_EVERY_SECONDS:
                return False
            kept.recorded_at = now
            return True

    def _of(self, address: str) -> _Kept:
        kept = self._kept.setdefault(address, _Kept())
        self._kept.move_to_end(address)
        if len(self._kept) > MOST_ADDRESSES:
            self._kept.popitem(last=False)
        return kept

    def __len__(self) -> int:
        return len(self._kept)


class Busy(Exception):
    """As many wait as may."""


class Turns:
    """A few at once, some more in line, each for a while; nobody after them."""

    def __init__(
        self, at_once: int = AT_ONCE, waiting: int = WAITING, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self._turn = asyncio.Semaphore(at_once)
        self._most, self._here = at_once + waiting, 0
        self._patience_seconds = patience_seconds

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Inside it is one's turn; Busy when it does not come."""
        if self._here >= self._most:
            raise Busy
        self._here += 1
        try:
            try:
                await asyncio.wait_for(self._turn.acquire(), self._patience_seconds)
            except TimeoutError:
                raise Busy from None
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._here -= 1
