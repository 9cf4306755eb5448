"""What a right answer is, and answers in words; one function per question type."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from questions.messages import text
from questions.numbers import shown
from questions.types import (
    Cloze,
    Essay,
    Matching,
    Numeric,
    Ordering,
    QuestionBase,
    ShortText,
    TrueFalseGroup,
)
from questions.types.base import OptionQuestion

Response = Mapping[str, Any]
"""Canonical: option ids as `{"chosen": [...]}` and so on; `grading.marks.mark` lists the keys."""


@singledispatch
def right_response(question: QuestionBase) -> dict[str, Any] | None:
    """Return a response that gets full marks; None where only people can say."""
    raise TypeError(question.type)


@singledispatch
def answer_words(question: QuestionBase, _response: Response) -> list[str]:
    """Return what was answered, one text for each line; option texts in the response's order."""
    raise TypeError(question.type)


@singledispatch
def key_words(question: QuestionBase) -> list[str]:
    """Return the right answer in words, one text for each line."""
    return answer_words(question, right_response(question) or {})


@singledispatch
def key_code(question: QuestionBase) -> str:
    """Return the right answer in one line of ids, or of the values that count as right."""
    raise TypeError(question.type)


# --- options


@right_response.register
def _(question: OptionQuestion) -> dict[str, Any]:
    return {"chosen": [o.id for o in question.choices() if o.id in question.right()]}


@answer_words.register
def _(question: OptionQuestion, response: Response) -> list[str]:
    words = {option.id: option.text for option in question.choices()}
    return [words[id_] for id_ in response["chosen"]]


@key_code.register
def _(question: OptionQuestion) -> str:
    return ";".join(right_response(question)["chosen"])


# --- several parts


@right_response.register
def _(question: TrueFalseGroup) -> dict[str, Any]:
    return {"statements": {one.id: one.key for one in question.statements}}


@answer_words.register
def _(question: TrueFalseGroup, response: Response) -> list[str]:
    said = response["statements"]
    return [
        text("answer.pair", left=one.text, right=text(f"type.{str(said[one.id]).lower()}"))
        for one in question.statements
        if one.id in said
    ]


@key_code.register
def _(question: TrueFalseGroup) -> str:
    return ";".join(f"{one.id}={str(one.key).lower()}" for one in question.statements)


@right_response.register
def _(question: Matching) -> dict[str, Any]:
    return {"pairs": dict(question.key)}


@answer_words.register
def _(question: Matching, response: Response) -> list[str]:
    right = {part.id: part.text for part in question.right}
    return [
        text("answer.pair", left=part.text, right=right[response["pairs"][part.id]])
        for part in question.left
        if part.id in response["pairs"]
    ]


@key_code.register
def _(question: Matching) -> str:
    return ";".join(f"{part.id}={question.key[part.id]}" for part in question.left)


@right_response.register
def _(question: Ordering) -> dict[str, Any]:
    return {"order": list(question.key)}


@answer_words.register
def _(question: Ordering, response: Response) -> list[str]:
    words = {item.id: item.text for item in question.items}
    return [
        text("answer.place", n=n, text=words[id_]) for n, id_ in enumerate(response["order"], 1)
    ]


@key_code.register
def _(question: Ordering) -> str:
    return ";".join(question.key)


# --- typed


@right_response.register
def _(question: Numeric) -> dict[str, Any]:
    return {"text": shown(question.key)}


@answer_words.register
def _(question: Numeric, response: Response) -> list[str]:
    typed = response["text"]
    if question.unit is None or typed.casefold().endswith(question.unit.casefold()):
        return [typed]
    return [f"{typed} {question.unit}"]


@key_words.register
def _(question: Numeric) -> list[str]:
    (words,) = answer_words(question, right_response(question))
    if question.tolerance:
        return [text("answer.tolerance", value=words, tolerance=shown(question.tolerance))]
    return [words]


@key_code.register
def _(question: Numeric) -> str:
    key = f"{question.key:f}"
    return f"{key}±{question.tolerance:f}" if question.tolerance else key


@right_response.register
def _(question: ShortText) -> dict[str, Any]:
    return {"text": question.accepted[0]}


@answer_words.register
def _(_question: ShortText, response: Response) -> list[str]:
    return [response["text"]]


@key_words.register
def _(question: ShortText) -> list[str]:
    return list(question.accepted)


@key_code.register
def _(question: ShortText) -> str:
    return ";".join(question.accepted)


@right_response.register
def _(question: Cloze) -> dict[str, Any]:
    return {"gaps": {gap.id: gap.key or gap.accepted[0] for gap in question.gaps_in_order()}}


@answer_words.register
def _(question: Cloze, response: Response) -> list[str]:
    filled = []
    for gap in question.gaps_in_order():
        words = response["gaps"].get(gap.id, text("answer.blank"))
        words = {option.id: option.text for option in gap.options}.get(words, words)
        filled.append(text("answer.gap", text=words))
    pieces = question.pieces()
    return ["".join(a + b for a, b in zip(pieces, [*filled, ""], strict=True))]


@key_words.register
def _(question: Cloze) -> list[str]:
    found = answer_words(question, right_response(question))
    for n, gap in enumerate(question.gaps_in_order(), start=1):
        if len(gap.accepted) > 1:
            also = text("answer.or").join(gap.accepted)
            found.append(text("answer.accepted", n=n, texts=also))
    return found


@key_code.register
def _(question: Cloze) -> str:
    return ";".join(
        f"{gap.id}={gap.key or '|'.join(gap.accepted)}" for gap in question.gaps_in_order()
    )


@right_response.register
def _(_question: Essay) -> None:
    return None


@answer_words.register
def _(_question: Essay, response: Response) -> list[str]:
    return response["text"].split("\n")


@key_words.register
def _(question: Essay) -> list[str]:
    return [
        text("answer.criterion", text=one.text, points=shown(one.points)) for one in question.rubric
    ]


@key_code.register
def _(question: Essay) -> str:
    return ";".join(one.id for one in question.rubric)
