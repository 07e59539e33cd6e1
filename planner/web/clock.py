"""What time alone brings about: bookings expire, old sessions go, checkpoints are noted, mail is handed over."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

from planner.actors import SWEEP
from planner.db import Database
from planner.outputs.mail import MailServer
from planner.services import care
from planner.services.care_arrivals import return_unused
from planner.services.checkpoints import write_checkpoint
from planner.services.clashes_nightly import check_all_clashes
from planner.services.lapses import suspend_lapsed
from planner.services.reminders import remind
from planner.services.standing_mail import invite_to_meetings
from planner.services.telephoned import suspend_unconfirmed
from planner.services.tidying import tidy_accounts
from planner.services.undertakings import remind_undertakings
from planner.settings import Settings
from planner.web.delivery import Delivery
from planner.work import Desk, Work

log = logging.getLogger("planner")
DUE: tuple[Callable[[Work], object], ...] = (
    remind,
    remind_undertakings,
    invite_to_meetings,
    care.sweep,
    return_unused,
    suspend_unconfirmed,
    check_all_clashes,
    suspend_lapsed,
    tidy_accounts,
)
SWEEP_SECONDS = 60
CHECKPOINT_SECONDS = 300
POST_SECONDS = 30


@asynccontextmanager
async def running(database: Database, settings: Settings, mail: MailServer | None) -> AsyncIterator[None]:
    """The clocks of a server, while it lives."""
    clocks = [asyncio.create_task(_rounds(database, settings))]
    if mail is not None:  # beside the rounds: a slow mail server must not hold them up
        clocks.append(asyncio.create_task(_post(Delivery(database, settings, mail))))
    yield
    for clock in clocks:
        clock.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await clock


async def _rounds(database: Database, settings: Settings) -> None:
    """What time alone brings about: expired bookings are ended, the record's head is noted outside the database."""
    noted = 0.0
    while True:
        note = time.monotonic() - noted >= CHECKPOINT_SECONDS
        noted = time.monotonic() if note else noted
        try:
            await run_in_threadpool(one_round, database, settings, note)
        except Exception:
            log.exception("a round of the clock failed; the next one tries again")
        await asyncio.sleep(SWEEP_SECONDS)


async def _post(delivery: Delivery) -> None:
    """What waits for the mail server, every half minute."""
    while True:
        try:
            await run_in_threadpool(delivery.deliver)
        except Exception:
            log.exception("mail could not be handed over; the next turn tries again")
        await asyncio.sleep(POST_SECONDS)


def one_round(database: Database, settings: Settings, note: bool) -> None:
    """One round of the clock, one commit a verb; `note` also writes a checkpoint of the record."""
    desk = Desk(database)
    for verb in DUE:
        with desk.writing() as work:
            work.actor = SWEEP
            verb(work)
    if note:
        with desk.reading() as look:
            write_checkpoint(look, settings.checkpoints)
