"""What is done with every draft, whatever file it came from: one shape, one set of checks."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from questions.formats.draft import Draft, Reading, problem
from questions.formats.patterns import BROKEN
from questions.formats.texts import fold, tidy
from questions.load import WrappedQuestion
from questions.problems import Problem, make
from questions.strict import validate
from questions.yaml_lines import YamlFile

LETTERS = "abcdefgh"
"""Ids of options that came without one: a for the first, and so on."""

STAND_IN = "x"
"""Id and topic of a draft while it has none."""

_TRUE_FALSE = (["dung", "sai"], ["true", "false"])
_ALL = re.compile(
    r"^(?:tat ca|ca (?:ba|bon|nam|[2-8]|[a-h](?: [a-h])+)\b|khong co|khong phai|ca hai)"
    r".*(?:tren|deu (?:dung|sai)|dap an|phuong an|y kien)|^all of the above|^none of the above"
)
_LETTERS = re.compile(r"^(?:ca )?[a-h](?:(?: va| hoac)? [a-h])+(?: (?:deu )?(?:dung|sai))?$")
_UNREAD = {"aiken.no_question", "json.no_question", "qti.interaction", "qti.version"}
"""Codes of drafts whose stem nobody looked for."""

_LISTS = ("options", "statements", "left", "right", "items")


def settle(reading: Reading, level: str | None = None) -> Reading:
    """Bring every draft into its final shape and add what is wrong with it.

    Parameters
    ----------
    level : str or None
        The level of questions whose file doesn't say theirs.
    """
    if not reading.drafts and not reading.errors:
        reading.own.append(problem("draft.none", reading.file))
    for draft in reading.drafts:
        draft.data = {key: value for key, value in draft.data.items() if value not in (None, "")}
        if level and "level" not in draft.data:
            draft.data["level"] = level
        _as_true_false(draft.data)
        draft.problems += _keep_places(reading.file, draft)
        draft.problems += _unreadable(reading.file, draft)
        draft.problems += _incomplete(reading.file, draft) or _invalid(reading.file, draft)
    reading.own += _repeated(reading)
    reading.own += _levels(reading)
    return reading


def _as_true_false(data: dict[str, Any]) -> None:
    """Turn a choice between Đúng and Sai into the type that the bank has for it."""
    options = data.get("options", [])
    texts = [fold(option["text"]) for option in options]
    if data.get("type") != "single" or texts not in _TRUE_FALSE:
        return
    key = data.pop("key", None)
    first = data.pop("options")[0]["id"]
    data.pop("shuffle", None)
    data["type"] = "true_false"
    if key is not None:
        data["key"] = key == first


def _keep_places(file: str, draft: Draft) -> Iterator[Problem]:
    """Keep options in place that speak of the others."""
    for option in draft.data.get("options", ()):
        shown = fold(option["text"])
        if _LETTERS.match(shown) or re.match(r"^ca [a-h] ", shown):
            if draft.data.get("shuffle", True):
                draft.data["shuffle"] = False
                yield _advice("draft.letters", file, draft, option=option["text"])
        elif _ALL.match(shown) and not option.get("pinned"):
            option["pinned"] = True
            yield _advice("draft.pinned", file, draft, option=option["text"])


def _advice(code: str, file: str, draft: Draft, **values: Any) -> Problem:
    return problem(code, file, draft.number, draft.place, advice=True, **values)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for below in value.values():
            yield from _texts(below)
    elif isinstance(value, (list, tuple)):
        for below in value:
            yield from _texts(below)


def _unreadable(file: str, draft: Draft) -> Iterator[Problem]:
    for value in _texts(draft.data):
        if found := BROKEN.search(value):
            around = value[max(0, found.start() - 10) : found.end() + 10]
            yield problem("draft.mojibake", file, draft.number, draft.place, text=around)
            return


def _incomplete(file: str, draft: Draft) -> list[Problem]:
    """Return what is missing, in words of people who never saw a bank file."""
    data, found = draft.data, []
    told = {known.code for known in draft.errors}

    def wrong(code: str, **values: Any) -> None:
        if code not in told:
            found.append(problem(code, file, draft.number, draft.place, **values))

    if not tidy(data.get("stem", "")) and not told & _UNREAD:
        wrong("draft.no_stem")
    kind = data.get("type")
    options = len(data.get("options", ()))
    if kind in ("single", "multiple") and options < 2:
        wrong("draft.few_options", n=options)
    if options > len(LETTERS):
        wrong("draft.many_options", n=options, limit=len(LETTERS))
    for index in _blank(data):
        wrong("draft.blank_part", n=index)
    if told:  # what follows from them isn't told as well
        return found
    if kind == "essay" and not data.get("rubric"):
        wrong("draft.no_rubric")
    if kind in ("single", "multiple", "true_false", "numeric") and "key" not in data:
        wrong("draft.no_key")
    return found


def _blank(data: dict[str, Any]) -> list[int]:
    """Return the positions of entries without text, from 1."""
    return [
        index
        for name in _LISTS
        for index, part in enumerate(data.get(name, ()), 1)
        if not tidy(part.get("text", ""))
    ]


def _invalid(file: str, draft: Draft) -> list[Problem]:
    """Return what the bank's own model and checks say."""
    if draft.errors:
        return []
    data = {"id": STAND_IN, "level": "recall", **draft.data, "topic": STAND_IN}
    lines = YamlFile(file, None, {(): draft.number})
    wrapped, found = validate(WrappedQuestion, lines, {"question": data})
    if wrapped is not None:
        found = [
            make(code, file, draft.number, **values)
            for code, _, values in wrapped.question.findings()
        ]
    return [dataclasses.replace(one, message=f"{draft.place}: {one.message}") for one in found]


def _repeated(reading: Reading) -> Iterator[Problem]:
    """Yield questions whose id, or whose text with the options, another one has."""
    ids: dict[str, Draft] = {}
    contents: dict[str, Draft] = {}
    for draft in reading.drafts:
        own = draft.data.get("id")
        first = ids.setdefault(own, draft) if own else draft
        if first is not draft:
            yield problem(
                "draft.id_repeated", reading.file, draft.number, draft.place,
                id=own, first=first.place,
            )  # fmt: skip
        shown = fold(" ".join(_texts({key: draft.data.get(key) for key in ("stem", *_LISTS)})))
        first = contents.setdefault(shown, draft) if shown else draft
        if first is not draft:
            yield _advice("draft.repeated", reading.file, draft, first=first.place)


def _levels(reading: Reading) -> Iterator[Problem]:
    missing = [str(draft.number) for draft in reading.drafts if "level" not in draft.data]
    if missing:
        yield problem(
            "draft.no_level", reading.file, advice=True,
            n=len(missing), numbers=_some(missing),
        )  # fmt: skip


def _some(numbers: list[str], most: int = 20) -> str:
    return ", ".join(numbers[:most]) + (" …" if len(numbers) > most else "")
