"""Passkeys and security keys (WebAuthn level 2): for operations rooms where no telephone may be brought in."""

import base64
import json
from typing import NamedTuple

import webauthn
from sqlmodel import select
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    UserVerificationRequirement,
)

from planner.models.accounts import Account, Passkey
from planner.rules.sign_in_steps import StepKind
from planner.services.second_factor import factor_is_set
from planner.services.steps import OVER, Answer, let_in, lock_step, miss, use_step
from planner.services.texts import said_text
from planner.work import Work

NAME = "Threshold"
MOST_KEYS = 10
NOT_TAKEN = "The security key's answer could not be checked. Try again, or use another way to sign in."


class Site(NamedTuple):
    """Whom a key signs for: the host alone, and the whole origin as the browser names it."""

    host: str
    origin: str


def offer_registration(work: Work, token: str, site: Site, *, loopback: bool) -> str | None:
    """What the browser is asked to make a key with, as JSON; keys that are there already are named, not made twice."""
    found = lock_step(work, token, StepKind.SET_UP, loopback=loopback)
    if found is None:
        return None
    step, account = found
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=NAME,
        user_name=account.user_name,
        user_id=f"account-{account.id}".encode(),
        exclude_credentials=_known(work, account),
        authenticator_selection=AuthenticatorSelectionCriteria(user_verification=UserVerificationRequirement.PREFERRED),
    )
    step.challenge = _text(options.challenge)
    work.session.add(step)
    return webauthn.options_to_json(options)


def register(work: Work, token: str, credential: str, label: str, site: Site, *, loopback: bool) -> Answer:
    """Keep the key's public half; it is the second factor from now on."""
    found = lock_step(work, token, StepKind.SET_UP, loopback=loopback)
    if found is None or found[0].challenge is None:
        return Answer(None, OVER)
    step, account = found
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=_bytes(step.challenge or ""),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return miss(work, step, account, NOT_TAKEN)
    keys = _known(work, account)
    name, number = said_text(label, "The key's label", most=60) or "Security key", _text(made.credential_id)
    taken = work.session.exec(select(Passkey.id).where(Passkey.credential == number)).first()
    if taken is not None or len(keys) >= MOST_KEYS:
        return miss(work, step, account, f"This key is kept already, or there are {MOST_KEYS} keys. Remove one first.")
    key = Passkey(
        account_id=account.id or 0,
        credential=number,
        public_key=_text(made.credential_public_key),
        sign_count=made.sign_count,
        label=name,
        created_at=work.now,
    )
    work.session.add(key)
    return factor_is_set(work, step, account, "a password and a security key", f"The security key “{name}”")


def offer_assertion(work: Work, token: str, site: Site, *, loopback: bool) -> str | None:
    """What the browser is asked to sign, as JSON; None where no key is kept."""
    found = lock_step(work, token, StepKind.SECOND_FACTOR, loopback=loopback)
    keys = _known(work, found[1]) if found else []
    if found is None or not keys:
        return None
    step, _ = found
    options = webauthn.generate_authentication_options(rp_id=site.host, allow_credentials=keys)
    step.challenge = _text(options.challenge)
    work.session.add(step)
    return webauthn.options_to_json(options)


def answer_assertion(work: Work, token: str, credential: str, site: Site, *, loopback: bool) -> Answer:
    """A right signature over this step's challenge signs in."""
    found = lock_step(work, token, StepKind.SECOND_FACTOR, loopback=loopback)
    if found is None or found[0].challenge is None:
        return Answer(None, OVER)
    step, account = found
    key = _key_named(work, account, credential)
    if key is None:
        return miss(work, step, account, "This security key is not kept for this account.")
    try:
        seen = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=_bytes(step.challenge or ""),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=_bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return miss(work, step, account, NOT_TAKEN)
    key.sign_count, key.used_at = seen.new_sign_count, work.now
    work.session.add(key)
    use_step(work, step, account)
    return let_in(work, step, account, "a password and a security key")


def _known(work: Work, account: Account) -> list[PublicKeyCredentialDescriptor]:
    rows = work.session.exec(select(Passkey.credential).where(Passkey.account_id == account.id)).all()
    return [PublicKeyCredentialDescriptor(id=_bytes(number)) for number in rows]


def _key_named(work: Work, account: Account, credential: str) -> Passkey | None:
    try:
        number = str(json.loads(credential)["id"])
    except (ValueError, KeyError, TypeError):
        return None
    query = select(Passkey).where(Passkey.account_id == account.id, Passkey.credential == number)
    return work.session.exec(query.with_for_update()).first()


def _text(raw: bytes) -> str:
    """As WebAuthn writes bytes in JSON: base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
