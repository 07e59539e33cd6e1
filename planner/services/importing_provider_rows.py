"""The rows of a care provider that an import writes: its agency, its terms, its units; the provider is told."""

from collections.abc import Sequence

from planner.inputs.providers import ProviderRow
from planner.models.care import Provider, Unit
from planner.models.directory import Agency
from planner.rules.words import AgencyKind, Nation, SiteKind
from planner.services.importing import add_new
from planner.services.importing_agencies import origin
from planner.services.names import agency_words
from planner.work import Work


def add_agency(work: Work, row: ProviderRow, nations: Sequence[Nation]) -> Agency:
    """A new provider's entry in the directory; it works in the nations of its zones."""
    agency = Agency(
        code=row.provider_code,
        name=row.provider_name,
        kind=AgencyKind.CARE_PROVIDER,
        nation=nations[0] if len(nations) == 1 else None,
        nations="|".join(nations),
        fictional=bool(row.fictional),
        **origin(work),
    )
    add_new(work, agency, row.provider_code)
    work.record("import_agency", f"{agency_words(agency)} was added by an import.", kind="agency", ref=agency.code)
    return agency


def change_agency(work: Work, row: ProviderRow, agency: Agency) -> None:
    """The provider's name, and whether it is fictional, follow the file."""
    agency.name = row.provider_name
    agency.fictional = agency.fictional if row.fictional is None else row.fictional
    for name, value in origin(work).items():
        setattr(agency, name, value)
    work.session.add(agency)
    work.record("import_agency", f"{agency_words(agency)} was changed by an import.", kind="agency", ref=agency.code)


def keep_provider(work: Work, provider: Provider | None, agency: Agency) -> None:
    """The provider's terms: a new one holds nothing unasked; whether it is fictional is its agency's word."""
    if provider is None:
        add_new(work, Provider(agency_id=agency.id or 0, fictional=agency.fictional), agency.code)
    elif provider.fictional is not agency.fictional:
        provider.fictional = agency.fictional
        work.session.add(provider)


def add_unit(work: Work, row: ProviderRow, provider_id: int) -> Unit:
    unit = Unit(
        provider_id=provider_id,
        code=row.unit_code,
        name=row.unit_name or row.unit_code,
        site=row.site or SiteKind.SAFE_HOUSE,
    )
    add_new(work, unit, row.unit_code)
    return unit


def tell_provider(work: Work, unit: Unit, *, new: bool) -> None:
    """Record the unit's line and let its provider see that the cell wrote it."""
    done = "added" if new else "changed"
    work.record("import_unit", f"Unit {unit.code} was {done} by an import.", kind="unit", ref=unit.code)
    told = f"The cell {done} your unit {unit.code} from a file. No night was opened or closed by it."
    work.notify(told, agency_id=unit.provider_id)
