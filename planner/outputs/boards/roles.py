"""The role board as sheets: each post of each action, every offer, whom to chase, and conditions."""

from collections.abc import Iterable, Mapping

from planner.outputs.boards.board import Row, Rows, marked_as, said, within
from planner.rules.asked import Asked
from planner.rules.board import Seat, post_state
from planner.rules.words import OfferState
from planner.views import people
from planner.views.board import ActionPosts, Board, board
from planner.views.board_chase import to_chase
from planner.views.conditions import conditions
from planner.work import Look

POSTS = (
    *("Action", "Starts", "Ends", "Force", "Region", "Post", "State", "Seats", "Held by", "Asked of", "Declined by"),
    *("Leads booked twice", "Beyond stated capacity"),
)
OFFERS = (
    *("Action", "Starts", "Post", "Agency", "Lead", "Deputy", "State", "Offered", "Answer by", "Why not"),
    *("What would do instead", "Asked again because", "First to accept", "By telephone", "By standing commitment"),
)
CHASE = ("Action", "Starts", "Post", "Agency", "Offered", "Answer by", "Overdue", "Last reminded", "Still missing")
CONDITIONS = (
    *("Action", "Starts", "Post", "Agency", "Condition", "Stands", "Answer", "Another wording", "Not kept"),
    *("Raised", "Answered"),
)


def post_rows(look: Look, asked: Asked) -> Rows:
    """Every post that is required or asked for, action by action, the next first."""
    seen, whole = within(look, asked), board(look)
    mine = [item for item in whole.actions if item.reference in seen]
    return Rows(
        [row for item in mine for row in _posts(whole, item)], marked_as(seen, (item.reference for item in mine))
    )


def _posts(whole: Board, item: ActionPosts) -> Iterable[Row]:
    names, required = whole.names, {role.code: role.needed for role in item.required}
    booked, beyond = ("; ".join(sorted(each)) for each in (_leads(whole, item), _beyond(whole, item)))
    for code in dict.fromkeys((*required, *(seat.role for seat in item.seats))):
        seats = [seat for seat in item.seats if seat.role == code]
        needed = required.get(code) or whole.needed[code]
        yield (
            *(item.reference, item.starts_at, item.ends_at, names.agencies[item.force], names.regions[item.region]),
            *(names.posts[code], said(post_state(seats, needed, required=code in required)), needed),
            _agencies(names.agencies, (seat for seat in seats if seat.holds)),
            _agencies(names.agencies, (seat for seat in seats if seat.waits)),
            _agencies(names.agencies, (seat for seat in seats if seat.state is OfferState.DECLINED)),
            *(booked or None, beyond or None),
        )


def _agencies(names: Mapping[int, str], seats: Iterable[Seat]) -> str | None:
    return "; ".join(dict.fromkeys(names[seat.agency_id] for seat in seats)) or None


def _leads(whole: Board, item: ActionPosts) -> set[str]:
    return {whole.names.leads[lead] for lead in item.booked}


def _beyond(whole: Board, item: ActionPosts) -> set[str]:
    return {whole.names.agencies[agency] for agency in item.beyond}


def offer_rows(look: Look, asked: Asked) -> Rows:
    """Every offer that was not withdrawn, of the actions to come."""
    seen = within(look, asked)
    found = [row for row in people.offers(look, people.OfferFilter(), per_page=None) if row.reference in seen]
    rows: list[Row] = [
        (
            *(row.reference, row.starts_at, row.role, row.agency, row.lead, row.deputy, said(row.state)),
            *(row.offered_at, row.answer_by, row.reason, row.proposal, row.asked_because),
            *(row.first, row.by_telephone, row.by_commitment),
        )
        for row in found
    ]
    return Rows(rows, marked_as(seen, (row.reference for row in found)))


def chase_rows(look: Look, asked: Asked) -> Rows:
    """What nobody has answered, in the order in which to ask again."""
    seen, whole = within(look, asked), board(look)
    found = to_chase(look, whole, (item for item in whole.actions if item.reference in seen), "")
    rows: list[Row] = [
        (
            *(row.action.reference, row.action.starts_at, row.post, row.agency, row.offer.offered_at),
            *(row.offer.answer_by, row.offer.answer_by <= look.now, row.offer.chased_at, row.offer.missing),
        )
        for row in found
    ]
    return Rows(rows, marked_as(seen, (row.action.reference for row in found)))


def condition_rows(look: Look, asked: Asked) -> Rows:
    """Every condition of a post that stands, of the actions to come."""
    seen = within(look, asked)
    found = [row for row in conditions(look) if row.reference in seen]
    rows: list[Row] = [
        (
            *(row.reference, row.starts_at, row.role, row.agency, row.text, said(row.turn), row.answer),
            *(row.changed_to, row.broken, row.raised_at, row.answered_at),
        )
        for row in found
    ]
    return Rows(rows, marked_as(seen, (row.reference for row in found)))
