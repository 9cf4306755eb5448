"""The articles as Markdown and as a Word document."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from contest.rules_text.messages import text
from contest.rules_text.model import Article, Items, Table
from questions.zipped import same_bytes

FONT = "Times New Roman"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|])")


def heading(number: int, article: Article) -> str:
    """Return an article's heading: `Điều 3. Đăng ký dự thi`."""
    return text("article", n=number, ten=article.title)


def to_markdown(title: str, articles: Iterable[Article]) -> str:
    """Return the rules as Markdown; whatever stands in the texts is text."""
    lines = [f"# {text('title')}: {_escaped(title)}", ""]
    for n, article in enumerate(articles, start=1):
        lines += [f"## {_escaped(heading(n, article))}", ""]
        for block in article.blocks:
            if isinstance(block, Items):
                lines += [*(f"- {_escaped(item)}" for item in block.lines), ""]
            elif isinstance(block, Table):
                lines += [*_markdown_table(block), ""]
            else:
                lines += [_escaped(block), ""]
    return "\n".join(lines).rstrip() + "\n"


def to_docx(title: str, articles: Iterable[Article]) -> bytes:
    """Return the rules as a Word document, A4."""
    document = Document()
    _page(document)
    document.core_properties.title = title
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(f"{text('title').upper()}\n{title}")
    run.bold = True
    run.font.size = Pt(14)
    for n, article in enumerate(articles, start=1):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(heading(n, article)).bold = True
        for block in article.blocks:
            if isinstance(block, Items):
                for item in block.lines:
                    document.add_paragraph(f"- {item}")
            elif isinstance(block, Table):
                _docx_table(document, block)
            else:
                document.add_paragraph(block)
    made = io.BytesIO()
    document.save(made)
    return same_bytes(made.getvalue())


def _escaped(line: str) -> str:
    line = _MARKDOWN.sub(r"\\\1", line)
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+])", r"\\\1", line))


def _markdown_table(table: Table) -> list[str]:
    def row(cells: Iterable[str]) -> str:
        return "| " + " | ".join(map(_escaped, cells)) + " |"

    rule = ["---:" if i in table.numbers else "---" for i in range(len(table.header))]
    head = [f"**{_escaped(table.caption)}**", "", row(table.header), "| " + " | ".join(rule) + " |"]
    return [*head, *map(row, table.rows)]


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    style = document.styles["Normal"]
    style.font.name = FONT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.font.size = Pt(13)
    style.paragraph_format.space_after = Pt(6)


def _docx_table(document: Document, table: Table) -> None:
    caption = document.add_paragraph(table.caption)
    caption.paragraph_format.keep_with_next = True
    made = document.add_table(rows=0, cols=len(table.header), style="Table Grid")
    for n, cells in enumerate((table.header, *table.rows)):
        row = made.add_row()
        for i, value in enumerate(cells):
            paragraph = row.cells[i].paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(value).bold = n == 0
            if i in table.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()
