"""Desk (who, database), Look (one snapshot) and Work (one write transaction): lock, record, notify."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from planner.actors import Actor, actor_at
from planner.db import Database, Table
from planner.errors import NotFound, PlannerError
from planner.known_names import known_names
from planner.models.care import Provider
from planner.models.directory import Person
from planner.models.operations import Action
from planner.models.records import RecordHead, RecordLine, hash_of_line
from planner.questions import Typing, kinds_words, typing_at
from planner.rules.free_text import Kind
from planner.rules.words import Outcome

T = TypeVar("T", bound=Table)
LOCK_ORDER: Mapping[type[Table], int] = {Action: 0, Provider: 1, Person: 2}
SCHEMA_VERSION = 1
LONGEST_REF = 80  # what was typed may be anything: the refusal is recorded all the same


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Look:
    """What a page or a view reads with: one snapshot, one actor, one instant."""

    session: Session
    actor: Actor
    now: datetime


class Appended(NamedTuple):
    """What a commit added to the record: where it ends now, and the verbs of the new lines."""

    lines: int
    hash: str
    at: datetime
    verbs: tuple[str, ...]


class Draft(NamedTuple):
    """A line of the record before it has a number."""

    verb: str
    outcome: Outcome
    object_kind: str
    object_ref: str
    sentence: str
    action_id: int | None
    detail: Mapping[str, Any]


@dataclass
class Work(Look):
    """What a verb writes with; everything in it is one transaction, and its record is the last thing written."""

    drafts: list[Draft] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    attempt: tuple[str, str] = ("", "")
    appended: Appended | None = None
    _rank: int = 0
    _held: set[tuple[type[Table], Any]] = field(default_factory=set)
    _locked: list[Table] = field(default_factory=list)  # a session forgets what nobody holds, and would read it again

    def attempts(self, verb: str, object_ref: str) -> None:
        """Name what is being tried, so that a refusal can be recorded."""
        self.attempt = (verb, object_ref)

    def lock(self, table: type[T], identity: Any) -> T:
        """Lock one row and read it afresh: an object already loaded would keep its old values.

        Keys never change, so rows that only name a locked one are written meanwhile: they would deadlock otherwise.
        """
        self._in_order(table, [identity])
        row = self.session.get(table, identity, with_for_update={"key_share": True}, populate_existing=True)
        if row is None:
            raise NotFound(f"There is no such {table.__name__.lower()}, or none that you can open.")
        self._locked.append(row)
        return row

    def lock_all(self, table: type[T], identities: Collection[int]) -> list[T]:
        """Lock several rows in one query, in the order of their ids, and read them afresh."""
        self._in_order(table, identities)
        key: Any = sa.inspect(table).primary_key[0]
        query = sa.select(table).where(key.in_(identities)).order_by(key).with_for_update(key_share=True)
        rows = list(self.session.execute(query.execution_options(populate_existing=True)).scalars())
        self._locked.extend(rows)
        return rows

    def _in_order(self, table: type[Table], identities: Collection[Any]) -> None:
        """Nobody waits for a row that they hold already, so that those may be locked again at any time."""
        rank = LOCK_ORDER.get(table, max(LOCK_ORDER.values()) + 1)
        wanted = {(table, identity) for identity in identities}
        if rank < self._rank and not wanted <= self._held:
            raise RuntimeError(f"locks out of order: {table.__name__} after a later one")
        self._rank = max(rank, self._rank)
        self._held |= wanted

    def record(
        self,
        verb: str,
        sentence: str,
        *,
        kind: str,
        ref: str,
        action_id: int | None = None,
        outcome: Outcome = Outcome.DONE,
        **detail: Any,
    ) -> None:
        """Keep one line for the record; it joins the chain as the last step before the commit."""
        self.drafts.append(Draft(verb, outcome, kind, ref, sentence, action_id, detail))

    def record_action(self, verb: str, sentence: str, action: Action, **detail: Any) -> None:
        """Keep one line about an action."""
        self.record(verb, sentence, kind="action", ref=action.reference, action_id=action.id, **detail)

    def say_looked_at(self, kinds: Collection[Kind]) -> None:
        """The first line says that somebody looked at what seemed to name a person: its kinds, never the words."""
        if kinds and self.drafts:  # a request that was kept before writes nothing
            first = self.drafts[0]
            sentence, detail = f"{first.sentence} {kinds_words(kinds)}", {**first.detail, "looked_at": sorted(kinds)}
            self.drafts[0] = first._replace(sentence=sentence, detail=detail)

    def notify(
        self,
        sentence: str,
        *,
        person_id: int | None = None,
        agency_id: int | None = None,
        action_id: int | None = None,
        outside: str | None = None,
        path: str | None = None,
    ) -> None:
        """Leave a sentence for a person or an agency; `outside` is what a letter may say of it, leading to `path`."""
        who = {"person_id": person_id, "agency_id": agency_id, "action_id": action_id}
        at = {"at": self.now, "mail_at": self.now}
        self.told.append({**who, "sentence": sentence, "outside": outside, "path": path, **at})


@dataclass(frozen=True)
class Desk:
    """The only door to the database: who sits here, the clock on the wall, and who is told what was recorded."""

    database: Database
    person_id: int | None = None
    clock: Callable[[], datetime] = utc_now
    witness: Callable[[Appended], None] | None = None

    @contextmanager
    def reading(self) -> Iterator[Look]:
        with self.database.read() as session:
            now = self.clock()
            yield Look(session, actor_at(session, self.person_id, now), now)

    @contextmanager
    def writing(self, *, looked_at: Collection[str] = (), rehearsed: bool = False) -> Iterator[Work]:
        """One verb, one commit; a refusal rolls back and is then recorded; `looked_at` are words let through.

        `rehearsed`: everything is done, looked at by who opened the block, and rolled back at its end.
        """
        work: Work | None = None
        try:
            with self.database.write() as session:
                now = self.clock()
                work = Work(session, actor_at(session, self.person_id, now), now)
                with typing_at(Typing(frozenset(looked_at), lambda: known_names(session))) as typing:
                    yield work
                if rehearsed:
                    session.rollback()
                    return
                work.say_looked_at(typing.kept)
                session.flush()
                leave_notices(work)
                append_to_record(work)
        except PlannerError as refusal:
            if work is not None and work.attempt[0]:
                self._record_refusal(work, refusal)
            raise
        if self.witness is not None and work.appended is not None:
            self.witness(work.appended)  # after the commit: what it keeps elsewhere can be lost, the work cannot

    def _record_refusal(self, refused: Work, refusal: PlannerError) -> None:
        with self.database.write() as session:
            work = Work(session, refused.actor, refused.now)
            verb, ref = refused.attempt
            work.record(verb, str(refusal), kind=refusal.kind, ref=ref, outcome=Outcome.REFUSED)
            append_to_record(work)


def leave_notices(work: Work) -> None:
    """Every sentence of one verb for others, in one statement."""
    if work.told:
        work.session.execute(sa.insert(Table.metadata.tables["notice"]), work.told)
        work.told.clear()


def append_to_record(work: Work) -> None:
    """Add the drafts to the chain under its one lock, the last step before the commit."""
    if not work.drafts:
        return
    head = work.session.get(RecordHead, 1, with_for_update=True, populate_existing=True)
    if head is None:
        raise RuntimeError("the record has no head: the database was not made by `planner init`")
    for draft in work.drafts:
        line = _line(work, draft, head)
        line.hash = hash_of_line(line)
        work.session.add(line)
        head.count, head.hash = line.number, line.hash
    verbs = tuple(draft.verb for draft in work.drafts)
    work.appended = Appended(head.count, head.hash, work.now, verbs)
    work.drafts.clear()
    work.session.flush()


def _line(work: Work, draft: Draft, head: RecordHead) -> RecordLine:
    return RecordLine(
        number=head.count + 1,
        at=work.now,
        actor=work.actor.name,
        person_id=work.actor.person_id,
        verb=draft.verb,
        outcome=draft.outcome,
        object_kind=draft.object_kind,
        object_ref=draft.object_ref.replace("\0", "")[:LONGEST_REF],
        action_id=draft.action_id,
        sentence=draft.sentence,
        detail=json.dumps(draft.detail, sort_keys=True, ensure_ascii=False, default=str),
        schema_version=SCHEMA_VERSION,
        previous=head.hash,
        hash="",
    )
