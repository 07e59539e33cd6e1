"""Who an agency's own sign-in says somebody is: bound to an account by an invitation, and to nobody otherwise."""

from sqlmodel import select

from planner.errors import Refused
from planner.models.accounts import Account, Identity, Invitation, SignInStep
from planner.rules.sign_in_steps import StepKind
from planner.rules.words import Outcome
from planner.services.invitations import NO_LONGER, accept_invitation, find_invitation
from planner.services.keys import seal, unseal
from planner.services.sessions import begin_session, end_sessions, hash_of
from planner.services.sign_in import Entry, closed_to, go_on
from planner.services.steps import OVER, STEP_LASTS
from planner.work import Work

NOT_KNOWN = "Your agency's sign-in is not known here yet. Ask the cell for a link, and use it there."


def begin_provider_step(work: Work, token: str, provider: str, kept: str, *, wanted: str, invitation: str = "") -> None:
    """What the browser was sent away with, sealed, until it comes back; with the invitation it came by, if any."""
    if invitation and find_invitation(work.session, invitation, work.now) is None:
        raise Refused(NO_LONGER)
    step = SignInStep(
        token_hash=hash_of(token),
        kind=StepKind.PROVIDER,
        provider=provider,
        secret_sealed=seal(kept),
        challenge=seal(invitation) if invitation else None,
        wanted=wanted[:300],
        created_at=work.now,
    )
    work.session.add(step)


def take_provider_step(work: Work, token: str, provider: str) -> tuple[str, str, str]:
    """What was kept, the invitation and where it leads; used from now on, so that an answer is good once."""
    work.attempts("sign_in", provider)
    step = work.session.get(SignInStep, hash_of(token), with_for_update=True, populate_existing=True)
    fits = step is not None and step.kind is StepKind.PROVIDER and step.provider == provider
    if step is None or not fits or step.used_at is not None or work.now - step.created_at > STEP_LASTS:
        raise Refused(OVER)
    kept, invitation = unseal(step.secret_sealed or ""), unseal(step.challenge) if step.challenge else ""
    step.used_at, step.secret_sealed, step.challenge = work.now, None, None
    work.session.add(step)
    return kept, invitation, step.wanted


def enter_by_identity(
    work: Work, issuer: str, subject: str, *, how: str, wanted: str, invitation: str, asks_two: bool, loopback: bool
) -> Entry | None:
    """A session or the next step; an unknown identity is bound where an invitation came along, else refused."""
    found = select(Identity).where(Identity.issuer == issuer, Identity.subject == subject)
    identity = work.session.exec(found).first()
    if invitation and (identity is None or _opens_again(work, identity, invitation)):
        identity = _bind(work, issuer, subject, invitation)
    account = work.session.get_one(Account, identity.account_id) if identity else None
    refusal = NOT_KNOWN if account is None else closed_to(work, account, loopback=loopback)
    if account is None or refusal:
        ref = account.user_name if account else "an unknown identity"
        work.record("sign_in", refusal, kind="account", ref=ref, outcome=Outcome.REFUSED)
        return None
    if asks_two:
        return Entry(begin_session(work, account, how))
    return go_on(work, account, how, wanted)


def _opens_again(work: Work, identity: Identity, invitation: str) -> bool:
    """Whether the link opens the very account again that this identity had opened until it was closed."""
    row, account = work.session.get(Invitation, hash_of(invitation)), work.session.get_one(Account, identity.account_id)
    return row is not None and account.closed_at is not None and row.person_id == account.person_id


def _bind(work: Work, issuer: str, subject: str, invitation: str) -> Identity:
    """The account has a name of its own and no password: nothing of what the provider says of a person is kept."""
    row = work.session.get(Invitation, hash_of(invitation))
    account = accept_invitation(work, invitation, f"person-{row.person_id if row else 0}", "")
    identity = Identity(account_id=account.id or 0, issuer=issuer, subject=subject, created_at=work.now)
    work.session.add(identity)
    work.session.flush()
    work.record("bind_identity", "An agency's own sign-in was bound.", kind="account", ref=account.user_name)
    return identity


def end_by_identity(work: Work, issuer: str, subject: str) -> int:
    """The agency says that somebody has signed out: their sessions here end too."""
    query = select(Account).join(Identity).where(Identity.issuer == issuer, Identity.subject == subject)
    account = work.session.exec(query).first()
    if account is None:
        return 0
    ended = end_sessions(work, account)
    sentence = f"Signed out by their agency's own sign-in: {ended} sessions."
    work.record("sign_out", sentence, kind="account", ref=account.user_name)
    return ended
