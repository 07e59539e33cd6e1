"""What each verb leaves in the record, done and denied: who, which verb, about what, in a sentence; and a whole chain.

That nothing is left out is counted in tests/strangers, on both databases.
"""

import pytest
from sqlmodel import col, select

from planner.errors import NotAllowed, NotFound
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from planner.services.records import verify_record
from tests.builders import World
from tests.strangers.scene import Scene
from tests.strangers.test_verbs import VERBS
from tests.strangers.verbs import Verb

# What is written does not depend on the database; the hashes do not either.
pytestmark = [pytest.mark.heavy, pytest.mark.parametrize("staged", ["sqlite"], indirect=True)]


def lines_after(world: World, number: int) -> list[RecordLine]:
    with world.desk("cell").reading() as look:
        query = select(RecordLine).where(col(RecordLine.number) > number).order_by(col(RecordLine.number))
        return list(look.session.exec(query))


def length(world: World) -> int:
    with world.desk("cell").reading() as look:
        return verify_record(look).lines


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_verb_leaves_who_did_it_and_who_was_denied(staged: tuple[World, Scene], verb: Verb) -> None:
    world, scene = staged
    now = verb.before(world, scene)
    about = now[verb.about]
    outsider = "stranger" if verb.owner != "stranger" else "partner"
    before = length(world)

    with pytest.raises((NotFound, NotAllowed)) as denied, world.desk(outsider, verb.at).writing() as work:
        verb.call(work, about)
    refused = lines_after(world, before)
    with world.desk(verb.owner, verb.at).writing() as work:
        verb.call(work, about)
    done = lines_after(world, before + 1)

    assert [(line.person_id, line.outcome, line.sentence) for line in refused] == [
        (world.people[outsider], Outcome.REFUSED, str(denied.value))
    ]
    assert refused[0].verb
    assert refused[0].object_ref
    assert done
    assert {(line.person_id, line.outcome, line.at) for line in done} == {
        (world.people[verb.owner], Outcome.DONE, verb.at)
    }
    assert all(line.verb and line.object_ref and line.sentence for line in done)
    with world.desk("cell").reading() as look:
        verdict = verify_record(look)
    assert (verdict.whole, verdict.lines) == (True, before + 1 + len(done))
