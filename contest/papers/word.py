"""The built-in Word templates: documents with placeholders, made from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from contest.papers.blocks import Annex, Block, Each, Paper, Para, Picture, Table, When
from contest.papers.forms import Form
from contest.papers.messages import text, words
from questions.zipped import same_bytes

FONT = "Times New Roman"
TABLE_SIZE = 11
NARROW_SIZE = 10
HEAD_LEFT, HEAD_RIGHT = 65, 100
"""Columns of the head, mm: with halves the first line at the right would break."""

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}

STYLES: dict[str, dict[str, Any]] = {
    "body": {"align": "both", "indent": 10, "before": 3, "after": 3},
    "basis": {"align": "both", "indent": 10, "before": 3, "after": 3, "italic": True},
    "authority": {"align": "center", "bold": True, "before": 6, "after": 6},
    "center": {"align": "center", "bold": True, "before": 6, "after": 6},
    "section": {"bold": True, "before": 6, "after": 3, "indent": 10, "keep": True},
    "subsection": {"bold": True, "before": 6, "after": 3, "indent": 10, "keep": True},
    "note": {"align": "center", "italic": True, "after": 6},
    "source": {"align": "center", "italic": True, "size": 13, "after": 4},
}
"""Lengths in mm, spaces in points."""


@cache  # each is put together once, however many results are written
def template(paper: Paper, form: Form) -> bytes:
    """Return a document's template as a Word file."""
    made = _Template(form)
    made.document(paper)
    return made.bytes()


class _Template:
    """A Word file that is being put together."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.file = Document()
        self._defaults()

    def bytes(self) -> bytes:
        out = BytesIO()
        self.file.save(out)
        return same_bytes(out.getvalue())

    def document(self, paper: Paper) -> None:
        """Write everything but what a document of this kind hasn't."""
        self._page(self.file.sections[0], landscape=paper.landscape)
        self._head(paper, self._width(paper.landscape))
        self._title(paper)
        self._blocks(paper.blocks, self._width(paper.landscape))
        if isinstance(paper.blocks[-1], Para):  # signatures never stand alone on a page
            self.file.paragraphs[-1].paragraph_format.keep_with_next = True
        self._foot(paper, self._width(paper.landscape))
        for annex in paper.annexes:
            self._annex(annex, paper.citation or "")

    # --- page

    def _defaults(self) -> None:
        style = self.file.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(self.form.body_size)
        fonts = style.element.rPr.rFonts
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{name}"), FONT)
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.line_spacing = 1.0
        language = OxmlElement("w:lang")
        for name in ("val", "eastAsia", "bidi"):
            language.set(qn(f"w:{name}"), "vi-VN")
        style.element.rPr.append(language)
        for old in self.file.styles.element.xpath("w:docDefaults//w:lang"):
            old.set(qn("w:val"), "vi-VN")

    def _page(self, section: Any, *, landscape: bool) -> None:
        section.page_width, section.page_height = Mm(210), Mm(297)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
        else:
            section.orientation = WD_ORIENT.PORTRAIT
        top, right, bottom, left = self.form.margins
        section.top_margin, section.right_margin = Mm(top), Mm(right)
        section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
        section.header_distance = section.footer_distance = Mm(8)
        section.different_first_page_header_footer = True
        for header in (section.header, section.first_page_header):
            header.is_linked_to_previous = False
            line = header.paragraphs[0]
            if header is section.header:
                self._align(line, "center")
                self._field(line, "PAGE")
                line = header.add_paragraph()
            self._align(line, "center")
            self._run(line, "{{ dau_trang }}", size=11, bold=True)
        for footer in (section.footer, section.first_page_footer):
            footer.is_linked_to_previous = False
            self._align(footer.paragraphs[0], "right")
            self._run(footer.paragraphs[0], "{{ phien_ban }}", size=9, italic=True)

    def _width(self, landscape: bool) -> float:
        _, right, _, left = self.form.margins
        return (297 if landscape else 210) - left - right

    # --- parts

    def _head(self, paper: Paper, width: float) -> None:
        left_width = width - HEAD_RIGHT if width > HEAD_LEFT + HEAD_RIGHT else HEAD_LEFT
        left, right = self._two(left_width, width - left_width)
        form = self.form
        tags = ("{%p if co_quan_chu_quan %}", "{{ co_quan_chu_quan }}", "{%p endif %}")
        for place, shown in enumerate(tags):
            line = left.add_paragraph() if place else left.paragraphs[0]
            self._line(line, shown, form.superior_size)
        self._line(left.add_paragraph(), "{{ co_quan | upper }}", form.superior_size, bold=True)
        if form.stars:
            self._line(left.add_paragraph(), form.stars, form.body_size)
        else:
            self._rule(left.add_paragraph(), left_width, 24)
        if paper.head != "no_number":
            self._line(left.add_paragraph(), "{{ so_ky_hieu }}", form.number_size)
        first = right.paragraphs[0]
        for shown, size, bold in form.head:
            self._line(
                first if shown == form.head[0][0] else right.add_paragraph(), shown, size, bold
            )
        self._rule(right.add_paragraph(), width - left_width, form.rule)
        if paper.head != "no_date":
            self._line(right.add_paragraph(), "{{ dia_danh_ngay }}", form.date_size, italic=True)

    def _title(self, paper: Paper) -> None:
        kind = self._paragraph("center", before=12)
        self._run(kind, paper.kind, size=self.form.kind_size, bold=True)
        summary = paper.summary
        if self.form.summary_lower:
            summary = summary[:1].lower() + summary[1:]
        line = self._paragraph("center", keep=True)
        self._run(line, summary, size=self.form.body_size, bold=True)
        if paper.citation and not paper.annexes:
            self._run(self._paragraph("center"), paper.citation, size=13, italic=True)
        width = self._width(paper.landscape)
        rule = self._paragraph("center", after=8)
        self._rule(rule, width, 50)

    def _annex(self, annex: Annex, citation: str) -> None:
        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        self._page(section, landscape=annex.landscape)
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        for old in section._sectPr.xpath("w:pgNumType"):
            section._sectPr.remove(old)
        section._sectPr.append(start)
        for shown in (f"{text('annex.one')} {annex.number}", annex.title):
            self._run(self._paragraph("center", keep=True), shown, bold=True)
        if citation:
            self._run(self._paragraph("center"), citation, size=13, italic=True)
        self._rule(self._paragraph("center", after=8), self._width(annex.landscape), 50)
        self._blocks(annex.blocks, self._width(annex.landscape))
        self._styled(Para(words("paper.annex.end"), "note"))

    def _blocks(self, blocks: Sequence[Block], width: float) -> None:
        for block in blocks:
            if isinstance(block, Para):
                self._styled(block)
            elif isinstance(block, Table):
                self._table(block, width)
            elif isinstance(block, Picture):
                self._run(self._paragraph("center", before=4, after=4), "{{ " + block.path + " }}")
            elif isinstance(block, Each):
                self._tag(f"for {block.name} in {block.rows}")
                self._blocks(block.blocks, width)
                self._tag("endfor")
            elif isinstance(block, When):
                self._tag(f"if {block.path}")
                self._blocks(block.blocks, width)
                if block.otherwise:
                    self._tag("else")
                    self._blocks(block.otherwise, width)
                self._tag("endif")

    def _styled(self, para: Para) -> None:
        style = STYLES[para.style]
        line = self._paragraph(
            style.get("align", "left"), style.get("before", 0), style.get("after", 0),
            keep=style.get("keep", False),
        )  # fmt: skip
        if "indent" in style:
            line.paragraph_format.first_line_indent = Mm(style["indent"])
        size = style.get("size")
        if para.lead:
            self._run(line, para.lead + " ", size=size, bold=True)
        self._run(
            line, para.text, size=size, bold=style.get("bold", False),
            italic=style.get("italic", False),
        )  # fmt: skip

    def _tag(self, tag: str) -> None:
        self._run(self._paragraph("left"), "{%p " + tag + " %}", size=8)

    def _table(self, table: Table, width: float) -> None:
        if table.title:
            title = self._paragraph("center", before=6, after=3, keep=True)
            self._run(title, table.title, bold=True, size=12)
        self._tag(f"if {table.rows}")
        size = NARROW_SIZE if len(table.columns) > 8 else TABLE_SIZE
        made = self.file.add_table(rows=1, cols=len(table.columns))
        made.style = "Table Grid"
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        whole = sum(column.width for column in table.columns)
        widths = [width * column.width / whole for column in table.columns]
        for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
            self._cell(cell, column.heading, "center", size, bold=True)
        self._row_flags(made.rows[0], heading=True)
        self._rows(made, table, size)
        if table.total:
            row = made.add_row()
            for cell, column, shown in zip(row.cells, table.columns, table.total, strict=True):
                self._cell(cell, shown, column.align, size, bold=True)
        for row in made.rows:
            for cell, wide in zip(row.cells, widths, strict=False):
                cell.width = Mm(wide)
            self._row_flags(row)
        for made_column, wide in zip(made.columns, widths, strict=True):
            made_column.width = Mm(wide)
        self._run(self._paragraph("left"), "", size=6)
        self._tag("else")
        self._run(self._paragraph("center", after=6), words("none.sentence"), italic=True)
        self._tag("endif")

    def _rows(self, made: Any, table: Table, size: float) -> None:
        self._row_tag(made, f"for d in {table.rows}")
        if table.group and table.group_title:
            row = made.add_row()
            merged = row.cells[0].merge(row.cells[-1])
            self._cell(merged, "{{ d." + table.group_title + " }}", "left", size, bold=True)
        else:
            self._data_row(made, table, "d", size, bold=bool(table.group))
        if table.group:
            self._row_tag(made, f"for e in d.{table.group}")
            self._data_row(made, table, "e", size, bold=False)
            self._row_tag(made, "endfor")
        self._row_tag(made, "endfor")

    def _data_row(self, made: Any, table: Table, name: str, size: float, *, bold: bool) -> None:
        row = made.add_row()
        for cell, column in zip(row.cells, table.columns, strict=True):
            shown = "{{ " + name + "." + column.name + " }}"
            self._cell(cell, shown, column.align, size, bold=bold)

    def _row_tag(self, made: Any, tag: str) -> None:
        row = made.add_row()
        row.cells[0].paragraphs[0].add_run("{%tr " + tag + " %}")

    def _row_flags(self, row: Any, *, heading: bool = False) -> None:
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", *(("w:tblHeader",) if heading else ())):
            if not properties.xpath(name):
                properties.append(OxmlElement(name))

    def _cell(self, cell: Any, shown: str, align: str, size: float, *, bold: bool) -> None:
        line = cell.paragraphs[0]
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        self._align(line, align)
        self._run(line, shown, size=size, bold=bold)

    # --- foot

    def _foot(self, paper: Paper, width: float) -> None:
        self._paragraph("left", keep=True)
        left, right = self._two(width / 2, width / 2)
        if paper.foot == "minutes":
            self._signature(left, [text("foot.secretary")], "{{ thu_ky }}")
            self._signature(right, [text("foot.chair")], "{{ chu_toa }}")
            self._receivers(left, text("foot.filed"), as_articles=False)
            return
        if paper.foot == "decision":
            self._receivers(left, "{{ luu }}", as_articles=paper.issued == "decision", first=True)
        else:
            self._signature(left, [text("foot.compiler")], "{{ nguoi_lap }}")
        posts = ["{{ thay_mat }}", "{{ chuc_vu }}"]
        self._signature(right, posts, "{{ nguoi_ky }}", host=True)

    def _signature(self, cell: Any, posts: list[str], name: str, *, host: bool = False) -> None:
        line = cell.paragraphs[0]
        for place, post in enumerate(posts):
            self._line(line if place == 0 else cell.add_paragraph(), post, 14, bold=True)
        for _ in range(3):
            self._line(cell.add_paragraph(), "", 14)
        if host:
            # The post in the host body stands over the name, where there is one.
            for tag in ("{%p if chuc_vu_chinh_quyen %}", "", "{%p endif %}"):
                shown = tag or "{{ chuc_vu_chinh_quyen }}"
                self._line(cell.add_paragraph(), shown, 13, bold=True)
        self._line(cell.add_paragraph(), name, 14, bold=True)
        for paragraph in cell.paragraphs[:-1]:
            paragraph.paragraph_format.keep_with_next = True

    def _receivers(
        self, cell: Any, archive: str, *, as_articles: bool, first: bool = False
    ) -> None:
        line = cell.paragraphs[0] if first else cell.add_paragraph()
        self._run(line, text("head.receivers"), size=12, bold=True, italic=True)
        if as_articles:
            self._run(cell.add_paragraph(), text("foot.receivers"), size=11)
        for shown in ("{%p for noi in noi_nhan %}", "- {{ noi.noi_dung }};", "{%p endfor %}"):
            self._run(cell.add_paragraph(), shown, size=11)
        self._run(cell.add_paragraph(), text("head.archive", luu=archive), size=11)

    # --- small things

    def _two(self, left: float, right: float) -> tuple[Any, Any]:
        """Return the two cells of a table without borders, as wide as told (mm)."""
        made = self.file.add_table(rows=1, cols=2)
        made.autofit = False
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        properties = made._tbl.tblPr
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            element = OxmlElement(f"w:{side}")
            element.set(qn("w:w"), "0")
            element.set(qn("w:type"), "dxa")
            margins.append(element)
        properties.append(margins)
        cells = made.rows[0].cells
        for cell, column, width in zip(cells, made.columns, (left, right), strict=True):
            cell.width = column.width = Mm(width)
        self._row_flags(made.rows[0])
        return cells[0], cells[1]

    def _paragraph(
        self, align: str, before: float = 0, after: float = 0, *, keep: bool = False
    ) -> Any:
        made = self.file.add_paragraph()
        self._align(made, align)
        made.paragraph_format.space_before, made.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
        made.paragraph_format.keep_with_next = keep or None
        return made

    def _align(self, paragraph: Any, align: str) -> None:
        paragraph.alignment = _ALIGN[align]

    def _line(
        self, line: Any, shown: str, size: float, bold: bool = False, *, italic: bool = False
    ) -> None:
        self._align(line, "center")
        self._run(line, shown, size=size, bold=bold, italic=italic)

    def _run(
        self, paragraph: Any, shown: str, *, size: float | None = None, bold: bool = False,
        italic: bool = False,
    ) -> None:  # fmt: skip
        run = paragraph.add_run(shown)
        run.font.size = Pt(size or self.form.body_size)
        run.font.bold, run.font.italic = bold or None, italic or None
        run.font.color.rgb = RGBColor(0, 0, 0)

    def _rule(self, paragraph: Any, width: float, length: float) -> None:
        """Draw a line as the border of an empty paragraph: it stays put in every program."""
        indent = max(0.0, (width - length) / 2)
        paragraph.paragraph_format.left_indent = Mm(indent)
        paragraph.paragraph_format.right_indent = Mm(indent)
        paragraph.paragraph_format.space_after = Pt(4)
        self._run(paragraph, "", size=2)
        mark = paragraph._p.get_or_add_pPr()
        size = OxmlElement("w:rPr")
        points = OxmlElement("w:sz")
        points.set(qn("w:val"), "4")
        size.append(points)
        borders = OxmlElement("w:pBdr")
        line = OxmlElement("w:bottom")
        for name, value in {"val": "single", "sz": "6", "space": "1", "color": "000000"}.items():
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
        _insert_borders(mark, borders)
        mark.append(size)

    def _field(self, paragraph: Any, code: str) -> None:
        """Add a field that Word fills in."""
        for kind in ("begin", code, "end"):
            run = paragraph.add_run()
            run.font.size = Pt(13)
            if kind == code:
                element = OxmlElement("w:instrText")
                element.text = code
            else:
                element = OxmlElement("w:fldChar")
                element.set(qn("w:fldCharType"), kind)
            run._r.append(element)


_BEFORE_BORDERS = {"pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr"}


def _insert_borders(properties: Any, borders: Any) -> None:
    """Put borders where the order of a paragraph's properties wants them."""
    place = 0
    for child in properties:
        if re.sub(r"^\{.*\}", "", child.tag) in _BEFORE_BORDERS:
            place += 1
    properties.insert(place, borders)
