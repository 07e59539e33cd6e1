"""Small files made in memory: CSV, Excel workbooks, archives."""

import csv
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

SAVED = (2026, 11, 24, 0, 0, 0)


def a_csv(*lines: Sequence[str]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode()


def an_xlsx(*lines: Sequence[Any], notes: Sequence[Sequence[str]] = (), marking: str = "") -> bytes:
    """A workbook with a bold heading line, beneath its marking where it has one; a second sheet holds notes."""
    workbook = Workbook()
    workbook.properties.created = workbook.properties.modified = datetime.combine(date(2026, 11, 24), time())
    sheet = workbook.active
    assert sheet is not None
    above: list[Sequence[Any]] = [[marking]] if marking else []
    for line in [*above, *lines]:
        sheet.append(list(line))
    names = len(above) + 1
    for cell in sheet[names]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(12, len(str(cell.value)) + 2)
    sheet.freeze_panes = f"A{names + 1}"
    for row in sheet.iter_rows(min_row=names + 1):
        for cell in row:
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"
            elif isinstance(cell.value, time):
                cell.number_format = "hh:mm"
    if notes:
        words = workbook.create_sheet("Words")
        for note in notes:
            words.append(list(note))
    saved = BytesIO()
    workbook.save(saved)
    return _settled(saved.getvalue())


def _settled(data: bytes) -> bytes:
    """The same archive with fixed times, so that making it twice makes the same bytes."""
    settled = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = part.split(b"<dcterms:modified")[0] + b"</cp:coreProperties>"
            entry = zipfile.ZipInfo(name, SAVED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return settled.getvalue()


def with_part(data: bytes, name: str, change: tuple[bytes, bytes]) -> bytes:
    """The same workbook with one part changed."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part).replace(b" />", b"/>").replace(b"<v></v>", b"<v/>")  # as either writer puts it
            assert part != name or change[0] in content
            new.writestr(part, content.replace(*change) if part == name else content)
    return changed.getvalue()


def an_archive(parts: dict[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, SAVED), part)
    return data.getvalue()
