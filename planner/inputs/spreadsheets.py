"""A spreadsheet in: bytes of a CSV file or an Excel workbook become a grid, or one sentence says why not."""

import zipfile
from io import BytesIO

from planner.errors import InputError
from planner.inputs.csv_files import read_csv
from planner.inputs.grid import MOST_BYTES, Grid
from planner.inputs.workbooks import read_workbook

SAVE_AS = "Save the table as CSV (UTF-8) or as an Excel workbook (.xlsx) and choose that file."
OTHER_KINDS = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls) or one with a password"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"BEGIN:VCALENDAR", "a calendar"),
)
ZIP = b"PK\x03\x04"


def read_grid(data: bytes) -> Grid:
    """The table in a file, told apart by its content; InputError with one sentence when it cannot be taken."""
    if len(data) > MOST_BYTES:
        size = len(data) / 1024 / 1024
        raise InputError(f"The file is {size:.0f} MB; at most {MOST_BYTES // 1024 // 1024} MB are read. Split it.")
    _refuse_other_kinds(data)
    return _read_zip(data) if data.startswith(ZIP) else read_csv(data)


def _refuse_other_kinds(data: bytes) -> None:
    for start, kind in OTHER_KINDS:
        if data.startswith(start):
            raise _other_kind(kind)
    opening = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise _other_kind("a web page or XML")
    if opening.startswith((b"{", b"[")):
        raise _other_kind("JSON")


def _read_zip(data: bytes) -> Grid:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(f"The workbook is damaged and cannot be opened. {SAVE_AS}") from error
    if "xl/vbaProject.bin" in names:
        raise _other_kind("a workbook with macros (.xlsm)")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise _other_kind("a compressed file or another program's document")
    return read_workbook(data)


def _other_kind(kind: str) -> InputError:
    return InputError(f"This is {kind}, not a spreadsheet that can be read. {SAVE_AS}")
