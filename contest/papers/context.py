"""A result -> what fills the placeholders of its documents. Pure but for the drawing of charts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from contest.documents_rules import Documents, Issued
from contest.masking import NameStyle, masked_name, public_name
from contest.papers import boards, charts, figures, prize_rows, rows
from contest.papers.blocks import Paper
from contest.papers.formal import head, meeting, signers
from contest.papers.forms import FORMS, Form
from contest.papers.messages import text
from contest.papers.prizes import RankingPrizes
from contest.papers.result import Result
from contest.papers.ruled import ruling_rows
from contest.papers.words import (
    NONE,
    clean,
    count,
    in_words,
    known,
    listed,
    long_day,
    mean,
    moment,
    money,
    of_prizes,
    share,
    without_phones,
)  # fmt: skip
from contest.rules import Rules
from contest.rules_text.messages import text as rule_text
from contest.rules_text.words import term_in_words

SHOWN_UNITS = 15
MASKED_MARK = "mark.public"


@dataclass(frozen=True)
class Context:
    """What all documents of a result share.

    Attributes
    ----------
    values : dict
        Placeholder -> text, chart or list of rows; `contest.papers.placeholders.SCHEMA`.
    form : Form
        The form of the documents.
    documents : Documents
        Numbers, dates and signers.
    title, version : str
        Name of the contest, version of the result.
    as_of : int
        Milliseconds UTC: what files bear as their date.
    marks : str
        What every page bears at its top; may be empty.
    reveals_key : bool
        Whether right answers may be posted.
    """

    values: dict[str, Any]
    form: Form
    documents: Documents
    title: str
    version: str
    as_of: int
    marks: str
    reveals_key: bool

    def of(self, paper: Paper) -> dict[str, Any]:
        """Return the values with those of one document: its number, its place and date."""
        issued: Issued | None = getattr(self.documents, paper.issued) if paper.issued else None
        place = clean(self.documents.place) if self.documents.place else text("word.number_blank")
        date = long_day(issued.date if issued else None)
        number = ""
        if issued is not None:
            number = self.form.number(issued.number, paper.code, self.documents.symbol)
        return {
            **self.values,
            "so_ky_hieu": number,
            "dia_danh_ngay": text("word.place_date", noi=place, ngay=date),
        }


@dataclass
class _Sums:
    """What is added up over the rounds and boards: the money of all prizes, of people and units."""

    money: int = 0
    priced: bool = True
    removed: int = 0
    earlier: list[tuple[str, dict[str, int | None]]] = field(default_factory=list)

    def add(self, worth: int | None, won: list[str]) -> None:
        """Add what prizes that were won are worth; None: that of one isn't stated."""
        self.money += worth or 0
        self.priced = self.priced and (worth is not None or not won)


def make_context(result: Result, documents: Documents, *, public: bool = False) -> Context:
    """Return what fills the documents of a result.

    Parameters
    ----------
    public : bool
        For posting: names masked as the rules say, nothing that may be a phone number.
    """
    naming = _naming(result.names, public=public)
    sums = _Sums()
    if documents.previous is not None:
        before = documents.previous
        sums.earlier.append((before.title, {"people": before.people, "attempts": before.attempts}))
    rounds = [_round(result, id_, documents, naming, sums) for id_ in result.rounds]
    over_rounds = [_board(one, naming, sums) for one in boards.board_tables(result)]
    form = FORMS[documents.form]
    marks = _marks(result, public=public)
    values = {
        **head(result, documents, form),
        **signers(documents, form, result),
        **meeting(documents),
        **_overall(result, sums),
        "dau_trang": marks,
        "cac_ky": rounds,
        "cac_bang": over_rounds,
        "xu_ly": ruling_rows(result, naming),
    }
    reveals = result.final and all(
        one.reveal.right_answers != "never" for one in result.rules.values()
    )
    return Context(
        values, form, documents, result.title, result.version, result.as_of, marks, reveals
    )


def _naming(style: NameStyle, *, public: bool) -> rows.Naming:
    def hidden(name: str) -> str:
        return masked_name(without_phones(name))

    if not public:
        return rows.Naming(str, str, str)
    return rows.Naming(
        lambda name: public_name(without_phones(name), style, erased=NONE), hidden, without_phones
    )


def _marks(result: Result, *, public: bool) -> str:
    shown = {
        "mark.rehearsal": result.rehearsal,
        "mark.sample": result.sample,
        "mark.synthetic": result.synthetic,
        "mark.draft": not result.final,
        MASKED_MARK: public,
    }
    return " · ".join(text(key) for key, is_so in shown.items() if is_so)


def _overall(result: Result, sums: _Sums) -> dict[str, Any]:
    attempts = result.attempts
    entries = attempts[attempts["status"].isin(figures.ENDED)]
    rules = result.last_rules
    total = sums.money if sums.priced and sums.money else None
    return {
        "tong_so_nguoi": count(entries["contestant_id"].nunique()),
        "tong_so_luot": count(len(entries)),
        "tong_so_loai": count(sums.removed),
        **_money(total),
        "cach_xep_hang": _order(rules),
        "cach_xep_don_vi": _measure(rules),
    }


def _order(rules: Rules | None) -> str:
    keys = rules.ranking.people.keys if rules else ()
    return listed([rule_text(f"key.{one.key}.{one.order}") for one in keys])


def _measure(rules: Rules | None) -> str:
    return listed(list(map(term_in_words, rules.ranking.units.main))) if rules else ""


def _money(total: int | None) -> dict[str, Any]:
    return {
        "tong_tien": money(total) if total else "",
        "tong_tien_chu": text("word.in_words", chu=in_words(total)) if total else "",
    }


def _round(
    result: Result, round_id: str, documents: Documents, naming: rows.Naming, sums: _Sums
) -> dict[str, Any]:
    rules = result.rules[round_id]
    title = clean(rules.round(round_id).title)
    tables = figures.tables_of(result, round_id)
    totals = figures.totals(tables)
    tree = figures.unit_tree(tables)
    groups = prize_rows.Groups(_group_titles(rules), apart=True)
    prizes = RankingPrizes.of(rules.prizes, round_id, of_round=True)
    prize_words = _prizes(tables, prizes, groups, naming, sums)
    sums.removed += totals.removed
    now: dict[str, int | None] = {"people": totals.people, "attempts": totals.entries}
    made = {
        **_round_words(result, round_id, rules, totals),
        **prize_words,
        **rows.unit_totals(tree),
        **_charts(tables, tree, title),
        "don_vi_dan_dau": rows.leading(tree),
        "don_vi": rows.unit_rows(tree),
        "tuan_don_vi": _weeks_units(tables, tree),
        "muc_dung": rows.correct_rows(tables.ranked),
        "muc_diem": rows.band_rows(tables.ranked),
        "nhom": rows.group_rows(tables, groups.titles),
        "khoi": rows.block_rows(tree),
        "chi_tieu": rows.target_rows(tables, totals.people, totals.entries, documents),
        "so_sanh": rows.compared_rows(
            {"people": totals.people, "attempts": totals.entries}, sums.earlier
        ),
        "loai": rows.removed_rows(tables, naming),
        "dap_an": rows.key_rows(tables.items),
        "cau_hoi": rows.item_rows(tables.items),
    }
    sums.earlier.append((rules.round(round_id).title, now))
    return made


def _board(tables: boards.BoardTables, naming: rows.Naming, sums: _Sums) -> dict[str, Any]:
    apart = tables.board.groups == "apart"
    groups = prize_rows.Groups(_group_titles(tables.rules), apart)
    return {
        **boards.board_words(tables),
        **_prizes(tables, tables.both_prizes, groups, naming, sums),
        "co_giai": text("word.yes")
        if tables.people["prize"].notna().any() or tables.units["prize"].notna().any()
        else "",
        "dung_dau": boards.standing_rows(tables, naming),
    }


def _group_titles(rules: Rules) -> dict[str, str]:
    return {one.id: one.title for one in rules.groups}


def _prizes(
    tables: figures.RoundTables | boards.BoardTables,
    prizes: RankingPrizes,
    groups: prize_rows.Groups,
    naming: rows.Naming,
    sums: _Sums,
) -> dict[str, Any]:
    """Return the prizes of a round or board, and add their money up."""
    people, units = tables.people, tables.units
    worth = None
    for table, stated in ((units, prizes.units), (people, prizes.people)):
        won = list(table.loc[table["prize"].notna(), "prize"])
        worth = stated.money(won)
        sums.add(worth, won)
    return _prize_words(
        prize_rows.winners(people, prizes.people, naming, groups),
        prize_rows.unit_winners(units, prizes.units),
        worth,
    )


def _round_words(
    result: Result, round_id: str, rules: Rules, totals: figures.Totals
) -> dict[str, Any]:
    stated = result.manifest["rounds"][round_id]
    predicted = stated.get("prediction") or {}
    quantity, true_value = predicted.get("quantity"), predicted.get("true_value")
    stated_round = rules.round(round_id)
    opens, closes = map(moment, result.window(round_id))
    return {
        "ten": clean(stated_round.title),
        "thoi_gian": text("word.window", tu=opens, den=closes),
        "trang_thai": text(f"status.{stated['status']}"),
        "so_nguoi": count(totals.people),
        "so_luot": count(totals.entries),
        "so_het_gio": count(totals.expired),
        "so_dang_lam": count(totals.unfinished),
        "so_xep_hang": count(totals.ranked),
        "so_loai": count(totals.removed),
        "so_dung_het": count(totals.perfect),
        "ty_le_dung_het": share(totals.perfect, totals.ranked),
        "diem_trung_binh": mean(totals.mean),
        "dai_luong_du_doan": known(f"quantity.{quantity}", quantity) if quantity else "",
        "gia_tri_du_doan": rows.percent_value(true_value, quantity) if true_value else NONE,
    }


def _prize_words(
    people: list[rows.Row], units: list[rows.Row], worth: int | None
) -> dict[str, Any]:
    def counted(prizes: list[rows.Row], whose: str) -> tuple[int, str]:
        by_title: Counter[str] = Counter()  # a prize stands once for each group
        for one in prizes:
            by_title[one["ten"]] += one["so_luong"].raw
        number = by_title.total()
        if not number:
            return 0, text(f"word.prizes.{whose}.none")
        parts = [of_prizes(won, title) for title, won in by_title.items()]
        phrase = text(f"word.prizes.{whose}", n=f"{number:02}", co_cau=listed(parts))
        return number, phrase

    number, phrase = counted(people, "people")
    unit_number, unit_phrase = counted(units, "units")
    return {
        "giai": people,
        "giai_tap_the": units,
        "so_giai": count(number),
        "co_cau_giai": phrase,
        "so_giai_tap_the": count(unit_number),
        "co_cau_tap_the": unit_phrase,
        **_money(worth),
    }


def _weeks_units(tables: figures.RoundTables, tree: list[figures.Branch]) -> list[rows.Row]:
    found = figures.by_week_and_unit(tables, tree)
    return [
        {
            "stt": count(number),
            "tuan": rows.week_text(*figures.week_of(monday)),
            "don_vi": clean(unit),
            "so_nguoi": count(people),
            "so_luot": count(entries),
            "luy_ke_luot": count(so_far),
        }
        for number, (monday, unit, people, entries, so_far) in enumerate(found, start=1)
    ]


def _charts(tables: figures.RoundTables, tree: list[figures.Branch], title: str) -> dict[str, Any]:
    """Return the rows of days and weeks, and what is drawn of them and of the marks."""
    days, weeks = figures.by_day(tables.entries), figures.by_week(tables.entries)
    marks = figures.by_correct(tables.ranked)[::-1]
    units = [one.row for top in tree for one in (top, *top.walk()) if not one.below]
    units = sorted(units, key=lambda row: -row["people"])[:SHOWN_UNITS]

    def labels(name: str, y: str | None = None) -> charts.Labels:
        x = text(f"chart.{name}.x")
        return charts.Labels(text(f"chart.{name}", ky=title), x, text(y) if y else "")

    return {
        "ngay": rows.day_rows(days),
        "tuan": rows.week_rows(weeks),
        "bieu_do_ngay": charts.columns(
            labels("days", "chart.days.y"),
            [f"{one.first.day}/{one.first.month}" for one in days],
            [one.entries for one in days],
        ),
        "bieu_do_diem": charts.columns(
            labels("marks", "chart.marks.y"),
            [str(correct) for correct, _ in marks],
            [number for _, number in marks],
        ),
        "bieu_do_don_vi": charts.bars(
            labels("units"),
            [clean(row["unit"]) for row in units],
            [int(row["people"]) for row in units],
        ),
    }
