"""`planner conference convene` and `show`: a conference is called, and what it came to is read."""

from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from planner.cli.edge import LookedAt, answer, desk_of
from planner.errors import InputError
from planner.rules.dates import instant_words, when_words
from planner.rules.quorum import missing_words
from planner.rules.windows import from_local
from planner.rules.words import AgencyKind, ConferenceKind
from planner.services.conferences import ConveneRequest, Terms
from planner.services.conferences import convene as convene_conference
from planner.views.conferences import SeatRow, UndertakingRow, seats, undertakings
from planner.views.meeting import Line, Matter, Meeting, lines, meeting


def convene(
    references: Annotated[list[str], typer.Argument(metavar="REF...")],
    at: Annotated[datetime, typer.Option(help="Local time it begins.", formats=["%Y-%m-%dT%H:%M"])],
    agencies: Annotated[str, typer.Option(metavar="A,B", help="Codes of the agencies to invite.")],
    key: Annotated[str, typer.Option(help="The same key gives the same conference.")],
    minutes: Annotated[int, typer.Option(min=15, max=480, help="How long it takes.")] = 60,
    kind: Annotated[ConferenceKind, typer.Option()] = ConferenceKind.PLANNED,
    require: Annotated[str, typer.Option(metavar="KIND,KIND", help="Kinds of agency that must be there.")] = "",
    quorum: Annotated[int | None, typer.Option(help="Agencies that may commit, at least.")] = None,
    where: Annotated[str, typer.Option()] = "",
    link: Annotated[str, typer.Option(help="To join, behind the sign-in alone.")] = "",
    looked_at: LookedAt = None,
) -> None:
    """Convene a conference about one action or several; who is invited is told at once."""
    starts_at = _instant(at)
    ends_at = starts_at + timedelta(minutes=minutes)
    terms = Terms(required=_kinds(require), quorum=quorum, join_link=link)
    asked = (tuple(references), starts_at, ends_at, _codes(agencies), key, kind, where, terms)
    with desk_of().writing(looked_at=looked_at or ()) as work:
        number = convene_conference(work, ConveneRequest(*asked)).id or 0
    said = f"Conference {number} is convened for {instant_words(starts_at)}."
    answer({"conference": number, "starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}, [said])


def show(number: Annotated[int, typer.Argument(metavar="NUMBER")]) -> None:
    """One conference: its state and quorum, seats, lines, decisions and undertakings, as far as the reader may see."""
    with desk_of().reading() as look:
        found = meeting(look, number)
        seated, said, owed = seats(look, number), lines(look, number), undertakings(look, number)
    told = [
        f"{found.kind.capitalize()} conference {number}, {when_words(found.starts_at, found.ends_at)}: {found.state}.",
        f"Not quorate: {missing_words(found.missing)}." if found.missing else "Quorate.",
        *(f"{seat.agency}: {seat.state}" for seat in seated),
        *(f"{matter.reference}: {_decided(matter)}" for matter in found.matters),
        *(f"{line.item}. {found.agenda[line.item - 1]}: {line.text}" for line in said),
        *(f"{row.agency}, by {instant_words(row.due_at)}: {row.text} ({row.state})" for row in owed),
    ]
    answer(_as_meeting(found, seated, said, owed), told)


def _decided(matter: Matter) -> str:
    return f"{matter.decision.replace('_', ' ')}. {matter.reasons}" if matter.decision else "not decided"


def _as_meeting(
    found: Meeting, seated: tuple[SeatRow, ...], said: tuple[Line, ...], owed: tuple[UndertakingRow, ...]
) -> dict[str, Any]:
    return {
        "conference": found.id,
        "kind": found.kind,
        "state": found.state,
        "starts_at": found.starts_at.isoformat(),
        "ends_at": found.ends_at.isoformat(),
        "chair": found.chair,
        "marking": found.marked.words,
        "quorate": not found.missing,
        "missing": list(found.missing),
        "agenda": list(found.agenda),
        "opened_at": found.opened_at.isoformat() if found.opened_at else None,
        "seats": [row._asdict() for row in seated],
        "actions": [
            {
                "action": matter.reference,
                "decision": matter.decision,
                "reasons": matter.reasons,
                "options": matter.options,
                "dissents": list(matter.dissents),
                "changed": list(matter.changed),
            }
            for matter in found.matters
        ],
        "lines": [{**row._asdict(), "typed_at": row.typed_at.isoformat()} for row in said],
        "undertakings": [{**row._asdict(), "due_at": row.due_at.isoformat()} for row in owed],
    }


def _instant(at: datetime) -> datetime:
    try:
        return from_local(at.date(), at.time())
    except ValueError as error:
        raise InputError(str(error)) from error


def _codes(typed: str) -> tuple[str, ...]:
    return tuple(filter(None, (code.strip() for code in typed.split(","))))


def _kinds(typed: str) -> tuple[AgencyKind, ...]:
    wrong = [kind for kind in _codes(typed) if kind not in list(AgencyKind)]
    if wrong:
        raise InputError(f"{wrong[0]} is no kind of agency. Kinds: {', '.join(AgencyKind)}.")
    return tuple(map(AgencyKind, _codes(typed)))
