"""Documents as PDF for posting, laid out directly from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from contest.papers.blocks import Annex, Block, Each, Paper, Para, Picture, Table, When
from contest.papers.context import Context
from contest.papers.filled import look_up, render
from contest.papers.messages import text, words
from contest.papers.pages import POINT, Cell, Pages, printable
from contest.papers.word import HEAD_RIGHT, NARROW_SIZE, STYLES, TABLE_SIZE

HEADING = "B"
FOOT = 62
"""Height of the signatures, mm."""

LONGEST_LAST = 120
"""A paragraph above the signatures that is higher (mm) isn't kept together with them."""


def pdf(paper: Paper, context: Context, fonts: Mapping[str, Path] | None = None) -> bytes:
    """Return a document as PDF; `fonts` as in `Pages`."""
    return _Layout(paper, context, fonts).bytes()


class _Layout:
    """A document that is being laid out."""

    def __init__(self, paper: Paper, context: Context, fonts: Mapping[str, Path] | None) -> None:
        self.paper, self.form = paper, context.form
        self.values = context.of(paper)
        self.pages = Pages(
            self.form.margins, self.form.body_size, context.marks, self.values["phien_ban"],
            context.as_of, f"{paper.kind.capitalize()} – {context.title}", fonts,
        )  # fmt: skip
        self._document()

    def bytes(self) -> bytes:
        return bytes(self.pages.output())

    def _document(self) -> None:
        paper, pages = self.paper, self.pages
        pages.part(landscape=paper.landscape)
        self._head()
        self._title()
        *before, last = paper.blocks
        self._blocks(before, self.values)
        if isinstance(last, Para):  # signatures never stand alone on a page
            pages.need(min(self._height(last, self.values), LONGEST_LAST) + FOOT)
        self._blocks([last], self.values)
        self._foot()
        for annex in paper.annexes:
            self._annex(annex)

    # --- parts

    def _head(self) -> None:
        pages, form = self.pages, self.form
        left = pages.room - HEAD_RIGHT
        x, top = pages.l_margin, pages.get_y()
        if self.values["co_quan_chu_quan"]:
            pages.block(self.values["co_quan_chu_quan"], x, left, "", form.superior_size)
        body = pages.wrapped(self.values["co_quan"].upper(), "B", form.superior_size, left - 1)
        pages.lines(body, x, left, "B", form.superior_size)
        if form.stars:
            pages.block(form.stars, x, left, "", form.body_size)
        else:
            length = 0.42 * max(pages.width_of(one, "B", form.superior_size) for one in body)
            pages.rule(x + (left - length) / 2, length)
        if self.paper.head != "no_number":
            pages.set_y(pages.get_y() + 1)
            pages.block(self.values["so_ky_hieu"], x, left, "", form.number_size)
        below = pages.get_y()
        pages.set_y(top)
        for shown, size, bold in form.head:
            pages.block(shown, x + left, HEAD_RIGHT, "B" if bold else "", size)
        pages.rule(x + left + (HEAD_RIGHT - form.rule) / 2, form.rule)
        if self.paper.head != "no_date":
            pages.set_y(pages.get_y() + 1)
            pages.block(self.values["dia_danh_ngay"], x + left, HEAD_RIGHT, "I", form.date_size)
        pages.set_y(max(below, pages.get_y()) + 5)

    def _title(self) -> None:
        paper, pages, size = self.paper, self.pages, self.form.body_size
        x, width = pages.l_margin, pages.room
        pages.block(paper.kind, x, width, "B", self.form.kind_size)
        summary = render(paper.summary, self.values)
        if self.form.summary_lower:
            summary = summary[:1].lower() + summary[1:]
        pages.block(summary, x, width, "B", size)
        if paper.citation and not paper.annexes:
            pages.block(render(paper.citation, self.values), x, width, "I", 13)
        pages.rule(x + (width - 50) / 2, 50)
        pages.set_y(pages.get_y() + 3)

    def _annex(self, annex: Annex) -> None:
        pages, size = self.pages, self.form.body_size
        pages.part(landscape=annex.landscape)
        x, width = pages.l_margin, pages.room
        pages.block(f"{text('annex.one')} {annex.number}", x, width, "B", size)
        pages.block(annex.title, x, width, "B", size)
        if self.paper.citation:
            pages.block(render(self.paper.citation, self.values), x, width, "I", 13)
        pages.rule(x + (width - 50) / 2, 50)
        pages.set_y(pages.get_y() + 3)
        self._blocks(annex.blocks, self.values)
        self._para(Para(words("paper.annex.end"), "note"), self.values)

    def _blocks(self, blocks: Sequence[Block], values: dict[str, Any]) -> None:
        for block in blocks:
            if isinstance(block, Para):
                self._para(block, values)
            elif isinstance(block, Table):
                self._table(block, values)
            elif isinstance(block, Picture):
                self._picture(block, values)
            elif isinstance(block, Each):
                for one in look_up(block.rows, values):
                    self._blocks(block.blocks, {**values, block.name: one})
            elif isinstance(block, When):
                there = look_up(block.path, values)
                self._blocks(block.blocks if there else block.otherwise, values)

    def _height(self, para: Para, values: dict[str, Any]) -> float:
        """Return the height of a paragraph, mm; a little more than it will be, never less."""
        pages, style = self.pages, STYLES[para.style]
        size = style.get("size", self.form.body_size)
        pages.face("B", size)  # bold is wider
        lines = pages.multi_cell(
            pages.room - style.get("indent", 0), size * POINT * 1.2,
            f"{para.lead} {printable(render(para.text, values))}", dry_run=True, output="HEIGHT",
        )  # fmt: skip
        around = style.get("before", 0) + style.get("after", 0)
        return float(lines) + around * POINT + 2

    def _para(self, para: Para, values: dict[str, Any]) -> None:
        pages, style = self.pages, STYLES[para.style]
        size = style.get("size", self.form.body_size)
        face = ("B" if style.get("bold") else "") + ("I" if style.get("italic") else "")
        shown = printable(render(para.text, values))
        align = {"both": "J", "center": "C"}.get(style.get("align", "left"), "L")
        height = size * POINT
        if style.get("keep"):
            pages.need(4 * height)
        pages.face(face, size)
        columns = pages.text_columns(text_align=align, line_height=1.2)
        with (
            columns,
            columns.paragraph(
                text_align=align,
                top_margin=style.get("before", 0) * POINT,
                bottom_margin=style.get("after", 0) * POINT,
                first_line_indent=style.get("indent", 0),
            ) as line,
        ):
            if para.lead:
                pages.face("B", size)
                line.write(f"{para.lead} ")
                pages.face(face, size)
            line.write(shown)

    def _picture(self, picture: Picture, values: dict[str, Any]) -> None:
        pages, chart = self.pages, look_up(picture.path, values)
        width = min(picture.width, pages.room)
        # A chart's height follows from its own proportions.
        wide, high = (int.from_bytes(chart.png[at : at + 4], "big") for at in (16, 20))
        height = width * high / wide
        pages.need(height + 2)
        pages.image(
            BytesIO(chart.png), pages.l_margin + (pages.room - width) / 2, pages.get_y(), width,
            height, alt_text=printable(chart.alt),
        )  # fmt: skip
        pages.set_y(pages.get_y() + height + 2)

    def _table(self, table: Table, values: dict[str, Any]) -> None:
        pages = self.pages
        size = NARROW_SIZE if len(table.columns) > 8 else TABLE_SIZE
        if table.title:
            pages.need(30)
            pages.set_y(pages.get_y() + 2)
            pages.block(table.title, pages.l_margin, pages.room, "B", 12)
            pages.set_y(pages.get_y() + 1)
        found = look_up(table.rows, values)
        if not found:
            pages.block(words("none.sentence"), pages.l_margin, pages.room, "I", 13)
            pages.set_y(pages.get_y() + 3)
            return
        _Grid(pages, table, size).draw(found, values)
        pages.set_y(pages.get_y() + 3)

    # --- foot

    def _foot(self) -> None:
        pages, paper = self.pages, self.paper
        pages.need(FOOT)
        pages.set_y(pages.get_y() + 4)
        top, half, x = pages.get_y(), pages.room / 2, pages.l_margin
        if paper.foot == "minutes":
            self._signature(x, half, [text("foot.secretary")], self.values["thu_ky"])
            left = pages.get_y()
            pages.set_y(left + 2)
            self._receivers(x, half, text("foot.filed"), articles=False)
            left = pages.get_y()
            pages.set_y(top)
            self._signature(x + half, half, [text("foot.chair")], self.values["chu_toa"])
            pages.set_y(max(left, pages.get_y()))
            return
        if paper.foot == "decision":
            self._receivers(x, half, self.values["luu"], articles=paper.issued == "decision")
        else:
            self._signature(x, half, [text("foot.compiler")], self.values["nguoi_lap"])
        left = pages.get_y()
        pages.set_y(top)
        posts = [self.values["thay_mat"], self.values["chuc_vu"]]
        self._signature(
            x + half, half, posts, self.values["nguoi_ky"], self.values["chuc_vu_chinh_quyen"]
        )
        pages.set_y(max(left, pages.get_y()))

    def _signature(
        self, x: float, width: float, posts: list[str], name: str, host: str = ""
    ) -> None:
        pages = self.pages
        for post in posts:
            pages.block(post, x, width, "B", 14)
        pages.set_y(pages.get_y() + 26)
        if host:
            pages.block(host, x, width, "B", 13)
        pages.block(name, x, width, "B", 14)

    def _receivers(self, x: float, width: float, archive: str, *, articles: bool) -> None:
        pages = self.pages
        pages.block(text("head.receivers"), x, width, "BI", 12, "left")
        lines = [text("foot.receivers")] if articles else []
        lines += [f"- {one['noi_dung']};" for one in self.values["noi_nhan"]]
        for one in [*lines, text("head.archive", luu=archive)]:
            pages.block(one, x, width, "", 11, "left")


class _Grid:
    """A table that is being drawn: its heading is repeated on every page, no row is split."""

    def __init__(self, pages: Pages, table: Table, size: float) -> None:
        self.pages, self.table, self.size = pages, table, size
        whole = sum(column.width for column in table.columns)
        self.widths = [pages.room * column.width / whole for column in table.columns]

    def draw(self, found: Sequence[dict[str, Any]], values: dict[str, Any]) -> None:
        table = self.table
        self._heading()
        for row in found:
            if table.group and table.group_title:
                self._row([Cell(row[table.group_title], span=len(table.columns))], "B", below=1)
            else:
                self._row(self._cells(row), "B" if table.group else "")
            for inner in row[table.group] if table.group else ():
                self._row(self._cells(inner), "")
        if table.total:
            shown = [render(one, values) for one in table.total]
            self._row(
                [Cell(one, column.align) for one, column in zip(shown, table.columns, strict=True)],
                "B",
            )

    def _cells(self, row: dict[str, Any]) -> list[Cell]:
        return [Cell(row[column.name], column.align) for column in self.table.columns]

    def _heading(self) -> None:
        cells = [Cell(column.heading, "center") for column in self.table.columns]
        pages, size = self.pages, self.size
        height = pages.table_row(cells, self.widths, HEADING, size, draw=False)
        pages.need(height + 2 * size * POINT * 1.6)
        pages.table_row(cells, self.widths, HEADING, size, fill=True)

    def _row(self, cells: Sequence[Cell], style: str, *, below: int = 0) -> None:
        """Draw a row; `below` rows shall stand on the same page."""
        pages, size = self.pages, self.size
        height = pages.table_row(cells, self.widths, style, size, draw=False)
        if pages.get_y() + height * (1 + below) > pages.page_break_trigger:
            pages.add_page(same=True)
            self._heading()
        pages.table_row(cells, self.widths, style, size)
