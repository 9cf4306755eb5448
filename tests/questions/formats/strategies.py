"""Questions of every type, as far as a format can hold them, and what they mean without ids."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from questions.formats.fields import part_id
from questions.formats.registry import Format
from questions.formats.texts import from_plain, tidy
from questions.load import question_from_data

WORDS = ["Đại", "hội", "XIV", "của", "Đảng", "năm", "2026", "nhiệm kỳ", "10%", "“dân”", "quê hương",
         "thứ", "hòa", "Ước", "nghị quyết"]  # fmt: skip

safe = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
"""Text that no format could take for markup."""

_SIGNS = st.sampled_from(list("abcđêôư 12*_`<>&\"'{}=~#:\\%[]()|/-+$!?,;"))
nasty_plain = st.tuples(
    st.sampled_from(WORDS), st.text(_SIGNS, max_size=20), st.sampled_from(WORDS)
).map(lambda parts: tidy("".join(parts)))
"""Text full of signs that mean something to some format."""

nasty = nasty_plain.map(from_plain).filter(bool)
"""The same as Markdown that shows it."""

_emphasised = st.tuples(safe, safe).map(lambda two: f"{two[0]} **{two[1]}** {two[0]}")


def texts(format_: Format) -> st.SearchStrategy[str]:
    """Texts that a format must give back as they are."""
    if format_.name == "word":
        return safe
    found = safe | nasty
    if format_.name == "markdown":  # its own markup: a line of signs may be a heading or a field
        found = safe
    if format_.name == "gift":
        found = found | st.sampled_from(["%50%a", "[html]b", "%c"])
    return found | _emphasised if "emphasis" in format_.keeps else found


def _unique(source: st.SearchStrategy[str], least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(
        source, min_size=least, max_size=most,
        unique_by=lambda text: " ".join(text.casefold().split()),
    )  # fmt: skip


def _parts(found: list[str]) -> list[dict[str, Any]]:
    return [{"id": part_id(index), "text": text} for index, text in enumerate(found)]


@st.composite
def questions(draw: st.DrawFn, format_: Format) -> Any:
    """A question of a type that a format holds."""
    kind = draw(st.sampled_from(sorted(format_.holds)))
    source = texts(format_)
    data: dict[str, Any] = {
        "id": draw(st.from_regex(r"[a-z0-9](?:[a-z0-9._-]{0,8}[a-z0-9])?", fullmatch=True)),
        "type": kind, "topic": "x", "stem": draw(source),
        "level": draw(st.sampled_from(["recall", "understand", "apply"])),
    }  # fmt: skip
    if draw(st.booleans()):
        data["explanation"] = draw(source)
    if kind != "essay" and draw(st.booleans()):
        data["points"] = str(draw(st.decimals("0.5", 10, places=1).filter(lambda n: n != 1)))
    if draw(st.booleans()):
        data["tags"] = draw(st.lists(st.sampled_from(["nq-1", "dh14"]), min_size=1, unique=True))
    if draw(st.booleans()):
        data["facts"] = ["f.1", "f.2"]
    data.update(draw(_OWN[kind](format_)))
    return question_from_data(data)


@st.composite
def _single(draw: st.DrawFn, format_: Format) -> dict[str, Any]:
    options = _parts(draw(_unique(texts(format_), 2, 6)))
    options[-1]["pinned"] = draw(st.booleans())
    own = {"options": options, "key": draw(st.sampled_from(options))["id"]}
    return {**own, "shuffle": False} if draw(st.booleans()) else own


@st.composite
def _multiple(draw: st.DrawFn, format_: Format) -> dict[str, Any]:
    options = _parts(draw(_unique(texts(format_), 3, 6)))
    ids = [option["id"] for option in options]
    # Word tells several right options from a slip of the pen by the stem: two at least
    key = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=len(ids), unique=True))
    scoring = draw(st.sampled_from(["all_or_nothing", "false2", "moodle"]))
    own = {"options": options, "key": sorted(key), "scoring": scoring}
    if scoring == "moodle" and len(key) == 2 and "weights" in format_.keeps and draw(st.booleans()):
        wrong = {id_: "-25.5" for id_ in ids if id_ not in key}
        own["weights"] = {key[0]: "60", key[1]: "40", **wrong}
    return own


def _true_false(_format: Format) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"key": st.booleans()})


def _numeric(_format: Format) -> st.SearchStrategy[dict[str, Any]]:
    numbers = st.decimals(-1000, 1000, places=2).filter(lambda n: abs(n) > 1)
    return st.fixed_dictionaries(
        {"key": numbers.map(str), "tolerance": st.sampled_from(["0", "0.5"])},
        optional={"unit": st.just("chương")},
    )


def _short_text(_format: Format) -> st.SearchStrategy[dict[str, Any]]:
    typed = _unique(st.sampled_from([*WORDS[:6], "A|B", "%50%c", "[html]d"]), 1, 3)
    return st.fixed_dictionaries({"accepted": typed})


_scorings = st.sampled_from(["all_or_nothing", "each"])


@st.composite
def _group(draw: st.DrawFn, format_: Format) -> dict[str, Any]:
    statements = _parts(draw(_unique(texts(format_), 2, 4)))
    for statement in statements:
        statement["key"] = draw(st.booleans())
    return {"statements": statements, "scoring": draw(_scorings)}


@st.composite
def _matching(draw: st.DrawFn, format_: Format) -> dict[str, Any]:
    left = _parts(draw(_unique(texts(format_), 2, 4)))
    right = _parts(draw(_unique(safe, 2, 5)))
    key = {own["id"]: draw(st.sampled_from(right))["id"] for own in left}
    return {"left": left, "right": right, "key": key, "scoring": draw(_scorings)}


@st.composite
def _ordering(draw: st.DrawFn, format_: Format) -> dict[str, Any]:
    items = _parts(draw(_unique(texts(format_), 3, 5)))
    key = draw(st.permutations([item["id"] for item in items]))
    return {"items": items, "key": key, "scoring": draw(_scorings)}


@st.composite
def _cloze(draw: st.DrawFn, _format: Format) -> dict[str, Any]:
    options = _parts(draw(_unique(safe | nasty | st.sampled_from(["=a", "%50%b"]), 2, 3)))
    typed = _unique(st.sampled_from(WORDS[:6]), 1, 2) | nasty_plain.map(lambda text: [text])
    gaps = [{"id": "g1", "accepted": draw(typed)},
            {"id": "g2", "options": options,
             "key": draw(st.sampled_from(options))["id"]}]  # fmt: skip
    text = f"{draw(safe)} {{{{g1}}}} {draw(safe)}\n{draw(safe)} {{{{g2}}}}."
    return {"text": text, "gaps": gaps, "scoring": draw(_scorings)}


@st.composite
def _essay(draw: st.DrawFn, _format: Format) -> dict[str, Any]:
    rubric = _parts(draw(_unique(safe, 1, 3)))
    for own in rubric:
        own["points"] = str(draw(st.decimals("0.5", 5, places=1)))
    return {"rubric": rubric, "min_words": 50, "max_words": draw(st.integers(50, 500))}


_OWN = {
    "single": _single, "multiple": _multiple, "true_false": _true_false, "numeric": _numeric,
    "short_text": _short_text, "true_false_group": _group, "matching": _matching,
    "ordering": _ordering, "cloze": _cloze, "essay": _essay,
}  # fmt: skip


def meaning(question: Any, format_: Format) -> dict[str, Any]:
    """Return what a question means, without ids and without what a format loses."""
    keeps, kind = format_.keeps, question.type
    shown: dict[str, Any] = {"type": kind, "stem": question.stem}
    for name in ("id", "level", "explanation", "points", "tags", "facts", "sources"):
        if name in keeps:
            shown[name] = getattr(question, name)
    if "shuffle" in keeps and kind in ("single", "multiple", "matching"):
        shown["shuffle"] = question.shuffle
    if "words" in keeps and kind == "essay":
        shown["words"] = (question.min_words, question.max_words)
    shown.update(_answer(question, kind, keeps))
    scoring = getattr(question, "scoring", None)
    if "scoring" in keeps:
        shown["scoring"] = scoring
    return shown


def _answer(question: Any, kind: str, keeps: frozenset[str]) -> dict[str, Any]:
    if kind in ("single", "multiple"):
        options = [
            (own.text, own.pinned if "pinned" in keeps else None) for own in question.options
        ]
        right = {own.text for own in question.options if own.id in question.right()}
        ids = [own.id for own in question.options] if "ids" in keeps else None
        given = getattr(question, "weights", {}) if "weights" in keeps else {}
        weights = {own.text: given[own.id] for own in question.options if given.get(own.id)}
        return {"options": options, "right": right, "ids": ids, "weights": weights}
    if kind == "true_false":
        return {"key": question.key}
    if kind == "numeric":
        unit = question.unit if "unit" in keeps else None
        return {"key": question.key, "tolerance": Decimal(question.tolerance), "unit": unit}
    if kind == "short_text":
        return {"accepted": question.accepted}
    if kind == "true_false_group":
        return {"statements": [(own.text, own.key) for own in question.statements]}
    if kind == "matching":
        right = {own.id: own.text for own in question.right}
        pairs = [(own.text, right[question.key[own.id]]) for own in question.left]
        return {"pairs": pairs, "right": sorted(right.values())}
    if kind == "ordering":
        items = {own.id: own.text for own in question.items}
        return {"key": [items[id_] for id_ in question.key]}
    if kind == "essay":
        return {"rubric": [(own.text, own.points) for own in question.rubric]}
    return {"pieces": question.pieces(), "gaps": [_gap(gap) for gap in question.gaps_in_order()]}


def _gap(gap: Any) -> Any:
    if gap.accepted:
        return gap.accepted
    return [(own.text, own.id == gap.key) for own in gap.options]
