"""A CSV file in: its encoding and separator are found out, never guessed past what the bytes allow."""

import codecs
import csv
import re
from io import StringIO
from itertools import islice

from planner.errors import InputError
from planner.inputs.grid import Grid, GridBuilder, is_of_export

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SEPARATORS = (",", ";", "\t", "|")
FIRST_LINES = 12  # what an export says of itself, a title, the names
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SAVE_AS_UTF8 = "Save it as CSV (UTF-8) and choose it again."


def read_csv(data: bytes) -> Grid:
    """Read a CSV file in UTF-8, UTF-16 with a byte-order mark, or Windows-1252."""
    text = decode(data)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    builder = GridBuilder()
    line = 1
    try:
        for cells in reader:
            builder.add(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        sentence = f"Line {line}: a quotation mark is not closed, or a cell is too long. Mend the line and try again."
        raise InputError(sentence, line=line) from error
    return builder.grid()


def decode(data: bytes) -> str:
    """The text of a file; InputError names the byte or line where it is no text."""
    text = _decode_utf16(data) if data.startswith(UTF16) else _decode_bytes(data)
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        what = "a NUL byte" if found.group() == "\0" else f"the control character {ord(found.group()):#04x}"
        raise InputError(f"Line {line} holds {what}: the file is damaged or no text. {SAVE_AS_UTF8}", line=line)
    return text


def _decode_utf16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise InputError(f"The file is not sound UTF-16 at byte {error.start + 1}. {SAVE_AS_UTF8}") from error


def _decode_bytes(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        where = f"byte {error.start + 1} ({data[error.start]:#04x})"
        raise InputError(f"The file is neither UTF-8 nor Windows-1252 at {where}. {SAVE_AS_UTF8}") from error


def _separator(text: str) -> str:
    """The separator that cuts one of the first lines, among which the column names stand, into most, or a comma."""
    return max(SEPARATORS, key=lambda separator: _columns(text, separator))


def _columns(text: str, separator: str) -> int:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        lines = (cells for cells in islice(reader, FIRST_LINES) if cells and not is_of_export(cells[0].strip("\ufeff")))
        return max(map(len, lines), default=0)
    except csv.Error:
        return 0
