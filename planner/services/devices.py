"""Remembered devices: a partner's telephone that opens My part alone, for thirty days, without a password."""

import secrets
from datetime import timedelta

from sqlmodel import select

from planner.access import opens
from planner.errors import NotFound, Refused
from planner.models.accounts import Account, Device
from planner.rules.access import DEVICE_PAGES
from planner.services.accounts import own_account
from planner.services.sessions import begin_session, hash_of
from planner.services.sign_in import closed_to
from planner.work import Work

REMEMBERED = timedelta(days=30)
HOW = "a remembered device"
NO_DEVICE = "There is no such device of yours."


def remember_device(work: Work) -> str:
    """The token of a device, for a partner who is signed in; no commander's account is opened without a proof."""
    account = own_account(work)
    if not any(opens(work.actor, page) for page in DEVICE_PAGES):
        raise Refused("A device is remembered for My part, which is for partners and care providers.")
    token = secrets.token_urlsafe(32)
    row = Device(token_hash=hash_of(token), account_id=account.id or 0, created_at=work.now, seen_at=work.now)
    work.session.add(row)
    work.record("remember_device", "A device is remembered.", kind="account", ref=account.user_name)
    return token


def forget_device(work: Work, device_id: int) -> None:
    """One's own device is remembered no longer, and what it opened is closed."""
    account = own_account(work)
    row = work.session.get(Device, device_id)
    if row is None or row.account_id != account.id or row.revoked_at is not None:
        raise NotFound(NO_DEVICE)
    row.revoked_at = work.now
    work.session.add(row)
    work.record("forget_device", "A device is remembered no longer.", kind="account", ref=account.user_name)


def enter_by_device(work: Work, token: str, *, loopback: bool) -> str | None:
    """A session that reaches My part alone; None where the device or the account is good no longer."""
    device = work.session.exec(select(Device).where(Device.token_hash == hash_of(token)).with_for_update()).first()
    if device is None or device.revoked_at is not None or work.now - device.created_at > REMEMBERED:
        return None
    account = work.session.get_one(Account, device.account_id)
    if closed_to(work, account, loopback=loopback):
        return None
    device.seen_at = work.now
    work.session.add(device)
    return begin_session(work, account, HOW, device_id=device.id)
