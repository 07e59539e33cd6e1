"""The kinds of file, each read and written in the same steps by the page and by the command line."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import select

from planner.access import Verb, may
from planner.inputs.action_columns import ACTIONS
from planner.inputs.action_rows import ActionRow
from planner.inputs.actions import read_actions
from planner.inputs.agencies import AGENCIES, AgencyRow, read_agencies
from planner.inputs.availability import AVAILABILITY, AvailabilityRow, read_availability
from planner.inputs.columns import Mapping
from planner.inputs.grid import Grid
from planner.inputs.known import Known, KnownPlace
from planner.inputs.other_operations import part, strange
from planner.inputs.providers import PROVIDERS, ProviderRow, read_providers
from planner.inputs.readings import Progress, Reading
from planner.models.directory import Region, Zone
from planner.services.action_lines import judged_actions, lines_of
from planner.services.differences import Difference
from planner.services.importing import Counted, Fate, FileKind, may_preview_actions, with_findings
from planner.services.importing_actions import fates_of_actions, import_actions
from planner.services.importing_agencies import (
    differences_of_agencies,
    fates_of_agencies,
    import_agencies,
    judged_agencies,
)
from planner.services.importing_availability import (
    differences_of_availability,
    fates_of_availability,
    import_availability,
    judged_availability,
)
from planner.services.importing_known import known_for, operation_codes
from planner.services.importing_providers import (
    differences_of_providers,
    fates_of_providers,
    import_providers,
    judged_providers,
)
from planner.work import Look, Work


def actions_of(operation_code: str) -> FileKind[ActionRow]:
    """Actions of one operation."""

    def read(look: Look, grid: Grid, mapping: Mapping, progress: Progress | None) -> Reading[ActionRow]:
        may_preview_actions(look)
        known, operations = known_for(look, operation_code), operation_codes(look)
        own, elsewhere = part(grid, mapping, operation_code, operations)
        judged = judged_actions(look, operation_code, read_actions(own, mapping, known, progress))
        refused = strange(own, mapping, operation_code, operations)
        return with_findings(replace(judged, elsewhere=elsewhere), refused, lambda row: row.line)

    def fates(look: Look, rows: Sequence[ActionRow]) -> tuple[Fate, ...]:
        return fates_of_actions(look, operation_code, rows)

    def differing(look: Look, rows: Sequence[ActionRow]) -> tuple[Difference, ...]:
        lines = lines_of(look, operation_code, rows)
        return tuple(item for row in rows for item in lines.differences(row))

    def write(work: Work, reading: Reading[ActionRow]) -> Counted:
        return import_actions(work, operation_code, reading)

    return FileKind(ACTIONS, read, fates, differing, write)


def _agencies(look: Look, grid: Grid, mapping: Mapping, progress: Progress | None) -> Reading[AgencyRow]:
    return judged_agencies(look, read_agencies(grid, mapping, _places(look), progress))


def _providers(look: Look, grid: Grid, mapping: Mapping, progress: Progress | None) -> Reading[ProviderRow]:
    return judged_providers(look, read_providers(grid, mapping, _places(look), progress))


def _hours(look: Look, grid: Grid, mapping: Mapping, progress: Progress | None) -> Reading[AvailabilityRow]:
    return judged_availability(look, read_availability(grid, mapping, progress))


def _places(look: Look) -> Known:
    return Known(
        regions=tuple(KnownPlace(row.code, row.name) for row in look.session.exec(select(Region))),
        zones=tuple(KnownPlace(row.code, row.name) for row in look.session.exec(select(Zone))),
    )


def may_import_actions(look: Look) -> bool:
    """Whether the actor may write actions from a file; each line is asked again for its own force and region."""
    return may(look, Verb.PLAN)


def may_import_directory(look: Look) -> bool:
    """Whether the actor may write agencies and care providers from a file."""
    return may(look, Verb.MANAGE_DIRECTORY)


AGENCY_FILE = FileKind(AGENCIES, _agencies, fates_of_agencies, differences_of_agencies, import_agencies)
AVAILABILITY_FILE = FileKind(
    AVAILABILITY, _hours, fates_of_availability, differences_of_availability, import_availability
)
PROVIDER_FILE = FileKind(PROVIDERS, _providers, fates_of_providers, differences_of_providers, import_providers)
