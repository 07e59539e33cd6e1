"""What is left over of signing in is cleared by the clock; the record, which says that it was, is never touched."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from planner.models.accounts import Device, Invitation, SignInStep, WebSession
from planner.services.devices import REMEMBERED
from planner.services.sessions import ABSOLUTE
from planner.services.steps import STEP_LASTS
from planner.work import Work

KEPT_FOR = timedelta(days=30)


def tidy_accounts(work: Work) -> int:
    """Clear steps that are over, and sessions, links and devices over for thirty days; how many rows went."""
    gone = 0
    for over in (_steps, _sessions, _invitations, _devices):  # sessions name devices, so they go first
        result: Any = work.session.execute(over(work), execution_options={"synchronize_session": False})
        gone += result.rowcount
    return gone


def _steps(work: Work) -> Any:
    step = SignInStep
    return sa.delete(step).where(col(step.used_at).is_not(None) | (col(step.created_at) < work.now - STEP_LASTS))


def _sessions(work: Work) -> Any:
    """The last session of an account stays: Accounts says when somebody was seen last."""
    kept, later, before = WebSession, aliased(WebSession), work.now - KEPT_FOR
    newer = sa.exists().where(
        col(later.account_id) == col(kept.account_id),
        sa.tuple_(col(later.seen_at), col(later.token_hash)) > sa.tuple_(col(kept.seen_at), col(kept.token_hash)),
    )
    over = (col(kept.ended_at) < before) | (col(kept.created_at) < before - ABSOLUTE)
    return sa.delete(kept).where(over, newer)


def _invitations(work: Work) -> Any:
    link, before = Invitation, work.now - KEPT_FOR
    return sa.delete(link).where(
        (col(link.used_at) < before) | (col(link.revoked_at) < before) | (col(link.expires_at) < before)
    )


def _devices(work: Work) -> Any:
    """One that was forgotten or whose days are over, unless a session that is kept was opened by it."""
    device, before = Device, work.now - KEPT_FOR
    opened = sa.exists().where(col(WebSession.device_id) == col(device.id))
    over = (col(device.revoked_at) < before) | (col(device.created_at) < before - REMEMBERED)
    return sa.delete(device).where(over, ~opened)
