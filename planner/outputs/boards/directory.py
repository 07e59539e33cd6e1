"""The directory as sheets: the columns of an import's template first, where there is a template."""

from planner.inputs.agencies import AGENCIES as AGENCY_LAYOUT
from planner.inputs.availability import AVAILABILITY as AVAILABILITY_LAYOUT
from planner.inputs.providers import PROVIDERS as PROVIDER_LAYOUT
from planner.outputs.boards.board import Row, Rows, held, operation_row, said, spaced
from planner.rules.asked import Asked
from planner.rules.availability import weekdays_words
from planner.rules.fingerprints import row_version
from planner.rules.sharing import categories_words
from planner.rules.training_words import SKILL_WORDS
from planner.rules.words import Exploitation, Need, Profile
from planner.views import directory as view
from planner.views.agreements import agreements
from planner.views.availability import availability_rows
from planner.views.catalogue import posts
from planner.views.directory_sheets import SheetUnit, agency_sheet, unit_sheet
from planner.views.operation import figures
from planner.views.training import trained, training_counts
from planner.work import Look

PEOPLE = ("Who", "Agency", "Post", "Operation", "Region", "From", "Until")
# What an import passes over: none is a heading that it knows.
AGENCY_FURTHER = ("Source",)
PROVIDER_FURTHER = ("Criteria", "Co-operation required", "Last confirmed")
AVAILABILITY_FURTHER = ("Said by", "Said on")
AGENCIES = (*(column.title for column in AGENCY_LAYOUT.columns), *AGENCY_FURTHER)
PROVIDERS = (*(column.title for column in PROVIDER_LAYOUT.columns), *PROVIDER_FURTHER)
AVAILABILITY = (*(column.title for column in AVAILABILITY_LAYOUT.columns), *AVAILABILITY_FURTHER)
AGREEMENTS = (
    *("Agency", "Signed for police by", "Reference", "Purpose", "Basis", "Covers", "From", "Until", "Review on"),
    "State",
)
TRAINING = ("Who", "Agency", "Skill", "Counts until")
TRAINED = ("Force", "Skill", "Trained", "As of", "Source")
CATALOGUE = (
    *("Code", "Post", "What it does", "Filled by", "For actions", "In nations", "Required", "Seats", "On entry"),
    *("Needs training", "Hours to answer", "Version", "Retired"),
)
FIGURES = ("Operation", "Measure", "Value", "Source", "Date")


def people_rows(look: Look, asked: Asked) -> Rows:
    """Posts that are held now; of one operation those that reach into it."""
    only = operation_row(look, asked.operation).name if asked.operation else None
    rows: list[Row] = [
        (row.title, row.agency, said(row.post), row.operation or "Every operation", row.region, *row[5:])
        for row in view.people(look, view.PersonFilter(), per_page=None)
        if only is None or row.operation in (None, only)
    ]
    return Rows(rows, held(look))


def agency_rows(look: Look, _: Asked) -> Rows:
    """The directory, read back by the import of agencies."""
    rows: list[Row] = [
        (
            *(row.code, row.name, spaced(row.kind), "; ".join(spaced(each) for each in row.nations), row.region),
            *(row.first_responder, row.fictional, row.version, row.source),
        )
        for row in agency_sheet(look)
    ]
    return Rows(rows, held(look))


def provider_rows(look: Look, _: Asked) -> Rows:
    """Units of care, read back by the import of providers."""
    return Rows([_unit(row) for row in unit_sheet(look)], held(look))


def _unit(row: SheetUnit) -> Row:
    takes = row.takes
    kinds = [spaced(each) for each in Exploitation if each in takes.exploitations]
    return (
        *(row.provider_code, row.provider, row.code),
        "; ".join(spaced(each) for each in Profile if each in takes.profiles),
        *("; ".join(sorted(takes.zones)), row.places, row.name, spaced(takes.site)),
        "; ".join(spaced(each) for each in Need if each in takes.needs) or None,
        None if len(kinds) == len(Exploitation) else "; ".join(kinds) or None,
        *(row.fictional, row.version, row.criteria or None, row.cooperation_required, row.confirmed_at),
    )


def availability_table(look: Look, _: Asked) -> Rows:
    """Agencies that said when, read back by the import of hours."""
    rows: list[Row] = [
        (
            *(row.code, weekdays_words(row.said.weekdays).replace("–", "-"), row.said.opens, row.said.closes),
            *(row.said.bank_holidays, row.said.actions_a_day, row_version(row.said), row.name, row.changed_at),
        )
        for row in availability_rows(look)
        if row.said
    ]
    return Rows(rows, held(look))


def agreement_rows(look: Look, _: Asked) -> Rows:
    """Every agreement, the first to end first."""
    rows: list[Row] = [
        (
            *(row.agency, row.police, row.reference, row.purpose),
            row.basis_text or (said(row.basis) if row.basis else None),
            *(categories_words(row.categories), row.valid_from, row.valid_to, row.review_on, said(row.state)),
        )
        for row in agreements(look)
    ]
    return Rows(rows, held(look))


def training_rows(look: Look, _: Asked) -> Rows:
    """The register, by post."""
    rows: list[Row] = [(row.title, row.agency, SKILL_WORDS[row.skill], row.until) for row in trained(look)]
    return Rows(rows, held(look))


def trained_rows(look: Look, _: Asked) -> Rows:
    """Numbers of trained people, where no names are kept."""
    rows: list[Row] = [
        (row.force, SKILL_WORDS[row.skill], row.number, row.as_of, row.given_by) for row in training_counts(look)
    ]
    return Rows(rows, held(look))


def catalogue_rows(look: Look, _: Asked) -> Rows:
    """The latest version of every post that can be asked for."""
    rows: list[Row] = [
        (
            *(row.code, row.title, row.responsibilities),
            *("; ".join(map(spaced, kinds)) or "All" for kinds in (row.agency_kinds, row.action_kinds, row.nations)),
            *(row.required, row.needed, row.on_entry, row.needs_training, row.answer_hours, row.version),
            row.retired_at,
        )
        for row in posts(look)
    ]
    return Rows(rows, held(look))


def figure_rows(look: Look, _: Asked) -> Rows:
    """Published figures, each with its source."""
    rows: list[Row] = [(said(row[0]), said(row[1]), *row[2:]) for row in figures(look)]
    return Rows(rows, held(look))
