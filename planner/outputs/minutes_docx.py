"""A copy of minutes as a Word file: real headings, header rows that repeat, its marking above and below every page."""

import io
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Drawn
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from planner.outputs.minutes_words import as_values
from planner.rules.minutes_copy import Copy

BLACK, INDENT = RGBColor(0, 0, 0), Cm(1.2)
WIDTHS = {2: (1.2, 15.0), 4: (1.2, 6.0, 4.0, 5.0), 6: (1.2, 2.7, 4.6, 3.2, 3.0, 1.7)}


def minutes_docx(copy: Copy) -> bytes:
    values, document = as_values(copy), Document()
    _describe(document, values)
    _lay_out(document, values)
    document.add_heading(values["title"], level=1)
    document.add_paragraph(values["when"])
    document.add_paragraph().add_run(values["copy_line"]).bold = True
    if values["closing"]:
        document.add_paragraph(values["closing"])
    for section in values["sections"]:
        document.add_heading(f"{section['number']}  {section['title']}", level=2)
        for each in section["paragraphs"]:
            _numbered(document, each)
        if section["table"]:
            _table(document, section["table"])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _describe(document: Drawn, values: dict[str, Any]) -> None:
    """What a file says of itself; it names nobody."""
    about, at = document.core_properties, datetime.fromtimestamp(values["issued_at"], UTC).replace(tzinfo=None)
    about.title, about.category, about.language = values["title"], values["marking"], "en-GB"
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = at


def _lay_out(document: Drawn, values: dict[str, Any]) -> None:
    styles = document.styles
    for name, size in (("Normal", 11), ("Heading 1", 19), ("Heading 2", 13)):
        style: Any = styles[name]
        style.font.size, style.font.color.rgb, style.font.name = Pt(size), BLACK, "Arial"
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    _marking(page.header.paragraphs[0], values)
    foot = page.footer.paragraphs[0]
    foot.add_run(f"{values['copy_line']}. Page ").font.size = Pt(9)
    _field(foot, "PAGE")
    foot.add_run(" of ").font.size = Pt(9)
    _field(foot, "NUMPAGES")
    _marking(page.footer.add_paragraph(), values)


def _marking(paragraph: Paragraph, values: dict[str, Any]) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(values["marking"]).bold = True


def _field(paragraph: Paragraph, code: str) -> None:
    """A figure that Word counts itself."""
    run = paragraph.add_run()
    run.font.size = Pt(9)
    for kind in ("begin", "code", "end"):
        element = OxmlElement("w:instrText" if kind == "code" else "w:fldChar")
        if kind == "code":
            element.text = code
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _numbered(document: Drawn, each: dict[str, str]) -> None:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.left_indent, layout.first_line_indent = INDENT, -INDENT
    layout.tab_stops.add_tab_stop(INDENT)
    paragraph.add_run(f"{each['number']}\t")
    if each["about"]:
        paragraph.add_run(f"{each['about']}: ").bold = True
    paragraph.add_run(each["text"])


def _table(document: Drawn, held: dict[str, Any]) -> None:
    table = document.add_table(rows=1, cols=len(held["columns"]), style="Table Grid")
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, held["columns"], strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    _repeat(table.rows[0]._tr)
    for row in held["rows"]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(text).font.size = Pt(10)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS[len(held["columns"])], strict=True):
            cell.width = Cm(width)


def _repeat(row: Any) -> None:
    """A header row stands again at the top of each page, and is read as one."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(header)
