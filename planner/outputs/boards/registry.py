"""Every board by the name under which it leaves; a new one is one line here."""

from collections.abc import Mapping

from planner.access import Verb
from planner.errors import NotFound
from planner.outputs.boards import accounts, actions, care, days, directory, operation, outcomes, record, roles
from planner.outputs.boards import conferences as meetings
from planner.outputs.boards.board import Board, Read
from planner.work import Look

FILTER = ("text", "force", "to_come")  # of the list of all actions


def _of_record(title: str, tab: str, columns: tuple[str, ...], read: Read, limit: str) -> Board:
    """It is kept for the whole installation, and filtered as its page is."""
    verb, by = Verb.SEE_RECORD, record.FILTER
    return Board(title, "record", tab, columns, read, verb, filtered=by, of_operation=False, limit=limit)


BOARDS: Mapping[str, Board] = {
    "actions": Board("Actions", "actions", "All actions", actions.COLUMNS, actions.action_rows, filtered=FILTER),
    "by-force": Board("Actions by force", "actions", "By force", days.BY_FORCE, days.force_rows),
    "strike-days": Board("Strike days", "actions", "Strike days", days.STRIKE_DAYS, days.strike_day_rows),
    "clashes": Board("Clashes", "actions", "All actions", days.CLASHES, days.clash_rows),
    "outcomes": Board("Counts and outcomes", "actions", "All actions", outcomes.OUTCOMES, outcomes.outcome_rows),
    "posts": Board("Posts by action", "roles", "Board", roles.POSTS, roles.post_rows),
    "offers": Board("All offers", "roles", "All offers", roles.OFFERS, roles.offer_rows),
    "chase": Board("Whom to chase", "roles", "Whom to chase", roles.CHASE, roles.chase_rows),
    "conditions": Board("Conditions", "roles", "Conditions", roles.CONDITIONS, roles.condition_rows),
    "conferences": Board("Conferences", "conferences", "To come", meetings.CONFERENCES, meetings.conference_rows),
    "undertakings": Board(
        "Undertakings", "conferences", "Undertakings", meetings.UNDERTAKINGS, meetings.undertaking_rows
    ),
    "standing-groups": Board("Standing groups", "conferences", "Standing groups", meetings.GROUPS, meetings.group_rows),
    "bookings": Board("Bookings", "care", "Bookings", care.BOOKINGS, care.booking_table, Verb.SEE_CARE),
    "nights": Board("Places by night", "care", "Places by night", care.NIGHTS, care.night_rows, Verb.SEE_CARE),
    "free-places": Board(
        "Free by zone and profile", "care", "Places by night", care.FREE, care.free_rows, Verb.SEE_CARE
    ),
    "reserves": Board("Reserves", "care", "Reserves", care.RESERVES, care.reserve_rows, Verb.SET_RESERVE),
    "people": Board("People and posts", "directory", "People", directory.PEOPLE, directory.people_rows),
    "agencies": Board("Agencies", "directory", "Agencies", directory.AGENCIES, directory.agency_rows),
    "providers": Board(
        "Care providers",
        "directory",
        "Care providers",
        directory.PROVIDERS,
        directory.provider_rows,
        Verb.SEE_PROVIDERS,
    ),
    "availability": Board(
        "When agencies can be asked",
        "directory",
        "Availability",
        directory.AVAILABILITY,
        directory.availability_table,
        Verb.MANAGE_DIRECTORY,
    ),
    "agreements": Board(
        "Information-sharing agreements",
        "directory",
        "Agreements",
        directory.AGREEMENTS,
        directory.agreement_rows,
        Verb.MANAGE_DIRECTORY,
    ),
    "trained": Board(
        "Trained people by force",
        "directory",
        "Training",
        directory.TRAINED,
        directory.trained_rows,
        Verb.MANAGE_DIRECTORY,
    ),
    "training": Board(
        "Training register", "directory", "Training", directory.TRAINING, directory.training_rows, Verb.MANAGE_DIRECTORY
    ),
    "catalogue": Board("Role catalogue", "directory", "Roles", directory.CATALOGUE, directory.catalogue_rows),
    "figures": Board("Published figures", "directory", "Figures", directory.FIGURES, directory.figure_rows),
    "overrides": Board("Overrides", "operation", "Overrides", operation.OVERRIDES, operation.override_rows),
    "log": Board("Decision log", "operation", "Decision log", operation.LOG, operation.log_rows),
    "pauses": Board("Pauses", "operation", "Pauses", operation.PAUSES, operation.pause_rows),
    "accounts": Board(
        "Accounts",
        "accounts",
        "",
        accounts.ACCOUNTS,
        accounts.account_rows,
        filtered=("text", "without"),
        of_operation=False,
    ),
    "record": _of_record("Lines of the record", "Lines", record.LINES, record.line_rows, record.LIMIT),
    "record-people": _of_record(
        "The record by person", "By person", record.PEOPLE, record.people_rows, record.LONGEST_LIST
    ),
    "record-actions": _of_record(
        "The record by action", "By action", record.ACTIONS, record.action_rows, record.LONGEST_LIST
    ),
}


def board_named(look: Look, name: str) -> Board:
    """A board that opens to this reader; missing and forbidden answer alike."""
    board = BOARDS.get(name)
    if board is None or not board.opens(look):
        raise NotFound(f"There is no table {name[:40]}, or none that you can open.")
    return board


def boards_of_operation(look: Look) -> dict[str, Board]:
    """Those of them that hold rows of one operation, and so are handed over with it."""
    return {name: board for name, board in boards_of(look).items() if board.of_operation}


def boards_at(page: str, tab: str) -> dict[str, Board]:
    """Those that a tab of a page shows."""
    return {name: board for name, board in BOARDS.items() if (board.page, board.tab) == (page, tab)}


def boards_of(look: Look) -> dict[str, Board]:
    """Those that open to this reader, in their order."""
    return {name: board for name, board in BOARDS.items() if board.opens(look)}
