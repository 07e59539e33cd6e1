"""The training register: who completed what, how many of a force can do what, whether it has a dedicated team."""

from datetime import date

from sqlmodel import select

from planner.access import Verb, agency_named, require
from planner.errors import InputError, Refused
from planner.models.directory import Agency, Training, TrainingCount
from planner.rules.dates import day_words
from planner.rules.training_words import OF_A_TRAINED_OFFICER, SKILL_WORDS, Skill
from planner.rules.words import AgencyKind
from planner.services.directory import person_titled
from planner.services.texts import needed_text
from planner.work import Work

MOST_TRAINED = 100_000


def add_training(
    work: Work,
    title: str,
    course: str,
    completed_on: date,
    valid_to: date | None = None,
    *,
    skill: Skill = OF_A_TRAINED_OFFICER,
) -> Training:
    """A completed course in one of the listed skills; it counts until its last day, where it has one."""
    require(work, Verb.MANAGE_DIRECTORY, ref=title)
    said = needed_text(course, "The course", most=120)
    _past(work, completed_on, "record the course when it is completed")
    if valid_to is not None and valid_to < completed_on:
        raise InputError("The course stops counting before it was completed. Check the two days.")
    row = Training(
        person_id=person_titled(work, title).id or 0,
        skill=skill,
        course=said,
        completed_on=completed_on,
        valid_to=valid_to,
    )
    work.session.add(row)
    sentence = f"{title} completed {said}: {SKILL_WORDS[skill].lower()}."
    work.record("add_training", sentence, kind="person", ref=title)
    return row


def set_training_count(work: Work, force: str, skill: Skill, number: int, *, as_of: date, source: str) -> TrainingCount:
    """How many of a force have a skill, as it said; the new word takes the old one's place."""
    require(work, Verb.MANAGE_DIRECTORY, ref=force)
    agency = _force(work, force)
    said = needed_text(source, "Where the number comes from", most=120)
    if not 0 <= number <= MOST_TRAINED:
        raise InputError(f"{number:,} cannot be how many are trained. Give a number from 0 to {MOST_TRAINED:,}.")
    _past(work, as_of, "give the day on which the force counted")
    work.lock(Agency, agency.id)
    kept = select(TrainingCount).where(TrainingCount.agency_id == agency.id, TrainingCount.skill == skill)
    row = work.session.exec(kept).first()
    if row is not None and row.as_of > as_of:
        newer = f"{row.number} as of {day_words(row.as_of, year=True)}"
        raise Refused(f"{agency.name} has said something newer: {newer}. Give a later day.")
    row = row or TrainingCount(agency_id=agency.id or 0, skill=skill, number=number, as_of=as_of, given_by=said)
    row.number, row.as_of, row.given_by = number, as_of, said
    work.session.add(row)
    sentence = (
        f"{agency.name} has {number:,} trained as of {day_words(as_of, year=True)}: {SKILL_WORDS[skill].lower()}."
    )
    work.record("set_training_count", sentence, kind="agency", ref=force, number=number, skill=skill)
    return row


def set_dedicated_team(work: Work, force: str, *, has: bool) -> Agency:
    """Whether a force has a team dedicated to trafficking: every force with one recovered victims in 2007."""
    require(work, Verb.MANAGE_DIRECTORY, ref=force)
    agency = work.lock(Agency, _force(work, force).id)
    agency.dedicated_team = has
    work.session.add(agency)
    sentence = f"{agency.name} has {'a' if has else 'no'} dedicated team."
    work.record("set_dedicated_team", sentence, kind="agency", ref=force, dedicated_team=has)
    return agency


def _force(work: Work, code: str) -> Agency:
    agency = agency_named(work, code)
    if agency.kind is not AgencyKind.POLICE_FORCE:
        raise InputError(f"{agency.name} is no police force. Counts and dedicated teams are a force's own.")
    return agency


def _past(work: Work, day: date, instead: str) -> None:
    if day > work.now.date():
        raise InputError(f"{day_words(day, year=True)} is still to come: {instead}.")
