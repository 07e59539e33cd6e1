"""Standing groups: their meetings at one hour, one moved or cancelled, low-risk actions cleared for seven days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import recurring_ical_events
from icalendar import Calendar
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.conference_mail import ConferenceMail
from planner.models.conferences import Conference
from planner.models.directory import Appointment, Person, Region
from planner.models.records import Notice
from planner.rules.invitation_words import MailMethod
from planner.rules.standing import Rhythm
from planner.rules.windows import from_local, local
from planner.rules.words import ConferenceState, Nation, Post
from planner.services.conference_changes import cancel_conference, move_conference
from planner.services.standing_groups import end_group
from planner.services.standing_mail import invite_to_meetings
from planner.views.calendar import calendar_bytes
from planner.views.my_conferences import my_invitations
from planner.views.standing_groups import meeting_seats, standing_groups
from planner.work import Desk
from tests.builders import NOW, World, a_world
from tests.standing import FIRST, HOUR, WEEK, a_group, a_request, group_of, hold


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def occurrences(world: World, name: str = "ngo", who: str = "partner") -> list[datetime]:
    """What an independent reader makes of the calendar file, over a year."""
    with world.desk(who).reading() as look:
        calendar = Calendar.from_ical(calendar_bytes(look, "agency", name))
    found = recurring_ical_events.of(calendar).between(date(2026, 11, 1), date(2027, 11, 1))
    return sorted(event["DTSTART"].dt.astimezone(UTC) for event in found)


def live(world: World) -> list[datetime]:
    with world.database.read() as session:
        query = select(Conference.starts_at).where(Conference.state != ConferenceState.CANCELLED)
        return list(session.exec(query.order_by(col(Conference.starts_at))))


@pytest.mark.parametrize("rhythm", list(Rhythm))
def test_meetings_keep_their_hour_across_clock_changes_and_calendars_agree(world: World, rhythm: Rhythm) -> None:
    group = a_group(
        world, rhythm=rhythm, until_on=date(2027, 11, 1) if rhythm is not Rhythm.WEEKLY else date(2027, 4, 30)
    )

    every = live(world)
    assert {local(at).time() for at in every} == {time(10)}
    assert len({local(at).utcoffset() for at in every}) == 2
    assert occurrences(world) == every
    assert {row.occurrence_at for row in group.meetings} == set(every)


@pytest.mark.parametrize(
    ("first", "days"),
    [
        (date(2026, 12, 1), [date(2026, 12, 1), date(2027, 1, 5), date(2027, 2, 2)]),  # the first Tuesday
        (date(2026, 12, 29), [date(2026, 12, 29), date(2027, 1, 26), date(2027, 2, 23)]),  # the last Tuesday
    ],
)
def test_monthly_is_the_same_weekday_of_the_month(world: World, first: date, days: list[date]) -> None:
    a_group(world, rhythm=Rhythm.MONTHLY, starts_at=from_local(first, time(10)), until_on=date(2027, 2, 28))

    assert [local(at).date() for at in live(world)] == days
    assert occurrences(world) == live(world)


def test_one_meeting_moves_and_one_is_cancelled_and_the_rest_stay(world: World) -> None:
    second, third = a_group(world, until_on=date(2026, 12, 31)).meetings[1:3]
    later = second.starts_at + timedelta(days=1, hours=3)
    with world.desk("cell").writing() as work:
        move_conference(work, second.id, second.version, starts_at=later, ends_at=later + 2 * HOUR)
    with world.desk("cell").writing() as work:
        cancel_conference(work, third.id, third.version, reason="A bank holiday.")

    moved = group_of(world).meetings
    assert [row.starts_at for row in moved if row.occurrence_at == second.occurrence_at] == [later]
    assert occurrences(world) == live(world)
    assert later in occurrences(world)
    assert third.starts_at not in occurrences(world)
    with world.desk("partner").reading() as look:
        text = calendar_bytes(look, "agency", "ngo").decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert ("RRULE:" in text, "EXDATE;" in text, "RECURRENCE-ID;" in text) == (True, True, True)


def test_an_ended_group_meets_no_more(world: World) -> None:
    group = a_group(world)
    hold(world, group.meetings[0].id)

    with pytest.raises(Stale), world.desk("cell").writing() as work:
        end_group(work, group.id, 7, reason="Over.")
    with world.desk("cell").writing() as work:
        cancelled = end_group(work, group.id, 1, reason="The campaign is over.")
    with pytest.raises(Refused, match="ended on"), world.desk("cell").writing() as work:
        end_group(work, group.id, 2, reason="Again.")

    assert cancelled == len(group.meetings) - 1
    assert live(world) == occurrences(world) == [NOW]


def test_members_are_told_once_and_see_the_next_fortnight(world: World) -> None:
    a_group(world)

    with world.desk("partner").reading() as look:
        told = look.session.exec(select(Notice.sentence).where(Notice.agency_id == world.ngo)).all()
        seen = my_invitations(look)
    assert told == [
        "Standing group Strategic group: every Tuesday, 10:00, 23 meetings. You are invited, first on "
        "Tue 24 November, 10:00."
    ]
    assert [row.starts_at for row in seen] == [FIRST, FIRST + WEEK]


def test_a_meeting_is_invited_to_by_mail_a_fortnight_before_and_a_change_follows(world: World) -> None:
    meetings = a_group(world).meetings
    with Desk(world.database, None, lambda: NOW).writing() as work:
        first, again = invite_to_meetings(work), invite_to_meetings(work)
    with world.desk("cell").writing() as work:
        cancel_conference(work, meetings[1].id, 1, reason="Nobody can come.")
        cancel_conference(work, meetings[9].id, 1, reason="Nobody can come.")

    with world.database.read() as session:
        mail = session.exec(select(ConferenceMail).order_by(col(ConferenceMail.id))).all()
    assert (first, again) == (2, 0)
    assert len({row.calendar_uid for row in mail}) == 1
    assert {row.occurrence for row in mail} == {"20261124T100000Z", "20261201T100000Z"}
    assert {row.conference_id for row in mail if row.method is MailMethod.CANCEL} == {meetings[1].id}


def test_what_cannot_be_a_group_is_refused_and_the_same_form_makes_one(world: World) -> None:
    with pytest.raises(InputError, match=r"at most 60 meetings; these are more. End them by Tue 11 January 2028"):
        a_group(world, until_on=date(2029, 1, 1))
    with pytest.raises(InputError, match="is before the first meeting"):
        a_group(world, until_on=date(2026, 11, 1))
    with pytest.raises(InputError, match="01:30 does not exist on 28 March 2027"):
        a_group(world, starts_at=from_local(date(2027, 3, 21), time(1, 30)))
    with pytest.raises(InputError, match=r"is over. Choose a later one"):
        a_group(world, starts_at=NOW - HOUR)
    with pytest.raises(InputError, match="choose at least one agency"):
        a_request(agencies=())
    a_group(world, until_on=date(2028, 1, 11))
    a_group(world)
    with pytest.raises(Refused, match="There is a standing group Strategic group already"):
        a_group(world, key="another")

    assert len(live(world)) == 60


def test_who_does_not_set_groups_is_refused_and_a_regional_cell_sets_those_of_its_region(world: World) -> None:
    with pytest.raises(NotAllowed, match="You cannot set a standing group here"):
        a_group(world, "silver")
    with world.database.write() as session:
        person = Person(title="Regional cell", agency_id=world.force)
        session.add(person)
        session.flush()
        post = Appointment(person_id=person.id or 0, post=Post.REGIONAL_CELL, operation_id=world.operation, region="wm")
        session.add(post)
        world.people["region"] = person.id or 0
        session.add(Region(code="ne", name="North East", nation=Nation.ENGLAND, zone="midlands"))
    with pytest.raises(NotAllowed, match="groups of its own region"):
        a_group(world, "region", region="ne")
    own = a_group(world, "region", name="Regional cell, weekly")
    a_group(world, key="national")
    with world.desk("cell").reading() as look:
        national = next(row for row in standing_groups(look) if row.region is None)

    assert own.region == "wm"
    assert (own.may_set, group_of(world, "silver").may_set) == (True, False)
    with pytest.raises(NotFound), world.desk("region").writing() as work:
        end_group(work, national.id, 1, reason="Over.")
    with world.desk("other_silver").reading() as look:
        assert {row.name for row in standing_groups(look)} == {"Regional cell, weekly", "Strategic group"}
    with world.desk("partner").reading() as look:
        assert standing_groups(look) == ()
        assert meeting_seats(look, own.meetings[0].id) == ()
