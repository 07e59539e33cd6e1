"""A copy of minutes as PDF, Word and text: all of it is there, nothing is markup, every page carries its marking."""

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest
import typst
from docx import Document
from docx.oxml.ns import qn
from PIL import Image
from pypdf import PdfReader

from planner.outputs.minutes_docx import minutes_docx
from planner.outputs.minutes_pdf import ALSO, TEMPLATE, minutes_pdf
from planner.outputs.minutes_words import as_values, minutes_text
from planner.outputs.typst_pdf import BOX, MOST_LACKING, SAID_OF_BOXES
from planner.rules.markings import Marked
from planner.rules.minutes_content import Item, Said
from planner.rules.minutes_copy import Copy, copy_for
from planner.rules.words import Marking
from tests.rules.test_minutes_copy import CONTENT, ISSUED, LOGISTICS, PLANNER

PAYLOADS = (
    '#read("/etc/passwd")',
    "#import sys: inputs; #sys.inputs",
    "$x^2$ *bold* _it_ `raw` <label> @label \\ // comment",
    "= Not a heading",
    "{{title}} {%p if 1 %} <w:br/> &amp; <script>alert(1)</script>",
    '=HYPERLINK("http://evil.example/d")',
)
MANY = "".join(map(chr, range(0x4E00, 0x4E00 + 2 * MOST_LACKING)))
MARKING = "OFFICIAL-SENSITIVE - RECIPIENTS ONLY"


def a_copy(*texts: str, reader: Any = PLANNER, lines: int = 1) -> Copy:
    said = tuple(Said(text, 11) for text in texts * lines)
    marked = Marked(Marking.OFFICIAL_SENSITIVE, "RECIPIENTS ONLY")
    return copy_for(replace(CONTENT, items=(Item("Care", said),), marked=marked), ISSUED, reader)


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def words_of(word: bytes) -> list[str]:
    document = Document(io.BytesIO(word))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def test_every_paragraph_and_row_is_in_every_kind_of_file() -> None:
    copy = a_copy("The first line.", "The second\nin two lines.")
    spoken = [each for section in copy.sections for each in section.paragraphs]
    rows = [row for section in copy.sections if section.table for row in section.table.rows]

    pdf, word, text = " ".join(pages_of(minutes_pdf(copy))), words_of(minutes_docx(copy)), minutes_text(copy)

    assert len(spoken) > 5
    assert len(rows) > 3
    for each in spoken:
        assert " ".join(each.text.split()) in pdf
        assert any(said.startswith(each.number) and said.endswith(each.text) for said in word)
        assert each.text.splitlines()[-1] in text
    for row in rows:
        for cell in row:
            assert cell in word
            assert cell == "–" or cell in text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_typed_is_printed_letter_by_letter(payload: str) -> None:
    copy = a_copy(payload)

    pdf = " ".join(pages_of(minutes_pdf(copy)))

    assert " ".join(payload.split()) in pdf
    assert "root:" not in pdf
    assert any(payload in said for said in words_of(minutes_docx(copy)))
    assert payload in minutes_text(copy)


def test_the_pdf_is_tagged_in_english_with_a_title_and_marks_every_page() -> None:
    pdf = minutes_pdf(a_copy("A line that is repeated until it fills pages.", lines=120))

    root: Any = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    pages = pages_of(pdf)
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    about: Any = PdfReader(io.BytesIO(pdf)).metadata
    assert about.title.startswith("Minutes of a case conference, Tue 24 November 2026")
    assert not about.author
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert page.count(MARKING) == 2
        assert f"Page {number} of {len(pages)}" in page
        assert f"Copy for Cell, issue {ISSUED.number} of Tue 24 November 2026" in page


def test_headings_and_tables_are_tagged_as_such() -> None:
    tags: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif hasattr(node, "get") and "/S" in node:
            tags.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])
        elif hasattr(node, "get") and "/K" in node:
            walk(node["/K"])

    root: Any = PdfReader(io.BytesIO(minutes_pdf(a_copy("A line.")))).trailer["/Root"]
    walk(root["/StructTreeRoot"])

    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 5
    assert (tags.count("/Table"), tags.count("/THead"), "/TH" in tags, "/P" in tags) == (2, 2, True, True)


def test_the_same_copy_is_the_same_file() -> None:
    assert minutes_pdf(a_copy("A line.")) == minutes_pdf(a_copy("A line."))


def test_letters_of_these_islands_and_its_neighbours_are_printed() -> None:
    said = "Llŷr o Gaerŵen, Ó Súilleabháin, Łódź, Škoda, Ελλάδα, Україна, £5, “so”, – …"

    page = " ".join(pages_of(minutes_pdf(a_copy(said))))

    assert said in page
    assert BOX not in page


@pytest.mark.parametrize("said", ["漢字", "😀", MANY])
def test_what_no_font_has_is_a_box_and_the_copy_says_so(said: str) -> None:
    copy = a_copy(f"Before {said} after.")

    page = " ".join(pages_of(minutes_pdf(copy)))

    assert f"Before {BOX * len(said)} after." in page
    assert SAID_OF_BOXES.format(ALSO) in page
    assert any(said in words for words in words_of(minutes_docx(copy)))
    assert said in minutes_text(copy)


def test_what_cannot_be_seen_breaks_no_file() -> None:
    copy = a_copy("One\x00\x0b\x1b[31m\ud800\ufffe\u202eowt\u2028three")

    for words in (" ".join(pages_of(minutes_pdf(copy))), str(words_of(minutes_docx(copy))), minutes_text(copy)):
        assert "owtthree" in words


def test_the_word_file_has_headings_repeated_header_rows_its_marking_and_nobodys_name() -> None:
    file = minutes_docx(a_copy("A line."))
    document = Document(io.BytesIO(file))

    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    assert (styles.count("Heading 1"), styles.count("Heading 2")) == (1, 5)
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    page, about = document.sections[0], document.core_properties
    for part in (page.header, page.footer):
        assert MARKING in [paragraph.text for paragraph in part.paragraphs]
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert (about.title, about.language) == ("Minutes of a case conference", "en-GB")
    raw = zipfile.ZipFile(io.BytesIO(file)).read("word/styles.xml").decode()
    assert 'w:lang w:val="en-GB"' in raw
    footer = zipfile.ZipFile(io.BytesIO(file)).read("word/footer1.xml").decode()
    assert all(f">{code}<" in footer for code in ("PAGE", "NUMPAGES"))


def test_a_logistics_copy_has_nothing_of_the_rest_in_any_byte() -> None:
    copy = a_copy("Canarish words.", reader=LOGISTICS)
    whole = a_copy("Canarish words.")

    word = zipfile.ZipFile(io.BytesIO(minutes_docx(copy)))
    for text in (
        *pages_of(minutes_pdf(copy)),
        minutes_text(copy),
        *(word.read(n).decode("latin-1") for n in word.namelist()),
    ):
        assert "Canarish" not in text
    assert all("Canarish" in text for text in (" ".join(pages_of(minutes_pdf(whole))), minutes_text(whole)))


def test_a_page_is_drawn_without_colour_and_with_room_round_it() -> None:
    """Printed in grey it says the same: black, greys and white alone; and the margins are white."""
    values = json.dumps(as_values(a_copy("A line.")))
    png = typst.compile(
        TEMPLATE, root=TEMPLATE.parent, format="png", ppi=50, sys_inputs={"copy": values}, ignore_system_fonts=True
    )
    image = Image.open(io.BytesIO(png if isinstance(png, bytes) else png[0])).convert("RGB")

    width, height = image.size
    assert abs(height / width - 297 / 210) < 0.01
    assert all(max(pixel) - min(pixel) <= 2 for pixel in image.get_flattened_data())
    assert set(image.crop((0, 0, width // 12, height)).get_flattened_data()) == {(255, 255, 255)}
    assert len(set(image.get_flattened_data())) > 10
