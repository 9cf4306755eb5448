"""Document -> drafts: a source, facts, and questions that ask for their values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from questions.canonical import sha256
from questions.drafting.distractors import distractors, shuffled
from questions.drafting.finds import KINDS, Find, finds, named, sentences, signature
from questions.drafting.lexicon import ENUMERATED, PLACE_AND_DAY, SKIPPED, SMALL_NUMBERS
from questions.drafting.messages import text
from questions.drafting.read import Document, Paragraph
from questions.drafting.source import HEAD, draft_source
from questions.model import DRAFTED, Bank, Citation, Fact, Source
from questions.report.values import date_text
from questions.types import Cloze, Gap, Option, Part, Question, SingleChoice

PER_SENTENCE = 2
"""Single choices from one sentence; what else it holds goes into a cloze."""
LONGEST = 45
"""Words of a sentence that a stem shows; the rest is left out around the gap."""
NEARLY = 10
"""A clause's end this near to the limit is where the sentence is cut."""
SHORTEST = 6
"""Words of a sentence; a statement with a number may be as short as `GRDP tăng 7,1%/năm.`"""
SHORTEST_WITH_NUMBER = 3
GAPS = 4
TYPED = ("count", "number", "ordinal")
"""What is short enough to be typed into a gap."""


@dataclass(frozen=True)
class Drafts:
    """What a document offers; nothing of it is in a bank yet."""

    source: Source
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]

    def only(self, ids: Iterable[str]) -> Drafts:
        """Return the drafts of these questions, with the facts that they cite."""
        kept = [question for question in self.questions if question.id in set(ids)]
        cited = {id_ for question in kept for id_ in question.facts}
        facts = tuple(fact for fact in self.facts if fact.id in cited)
        return replace(self, facts=facts, questions=tuple(kept))

    def without(self, bank: Bank) -> Drafts:
        """Return the drafts that a bank doesn't have yet; ids come from the content."""
        new = [question.id for question in self.questions if question.id not in bank.question_by_id]
        return self.only(new)


@dataclass(frozen=True)
class _Said:
    """A sentence, where it stands, and what can be checked in it."""

    sentence: str
    paragraph: Paragraph
    finds: tuple[Find, ...]


def propose(
    document: Document, topic: str, *, source: Source | None = None, seed: int = 0
) -> Drafts:
    """Propose facts and questions from a document.

    A value is asked for once, where the document has it first. Each sentence with values becomes
    a fact of its own words, to be rewritten; the same document, topic and seed give the same.

    Parameters
    ----------
    topic : str
        The topic that the questions go to.
    source : Source or None
        The source that the document is; None to have one drafted from it.
    """
    source = source or draft_source(document)
    said = [*_head(source, document), *_said(document)]
    everything = [find for one in said for find in one.finds]
    asked: set[tuple[object, ...]] = set()
    facts: list[Fact] = []
    questions: list[Question] = []
    for one in said:
        new = {find.meaning: find for find in reversed(one.finds) if find.meaning not in asked}
        maker = _Maker(source, topic, seed, one, everything)
        made = list(maker.questions(list(reversed(new.values()))))
        if made:
            used = [find for find in new.values() if any(find in found for _, found in made)]
            asked |= {find.meaning for find in used}
            facts.append(maker.fact(sorted(used, key=lambda find: find.start)))
            questions += [question for question, _ in made]
    return Drafts(source, tuple(facts), tuple(questions))


def _head(source: Source, document: Document) -> Iterator[_Said]:
    """Yield number and day of the document, where its head has both."""
    if source.number and source.date and len(source.date) == 10:
        sentence = text("head", number=source.number, day=date_text(source.date))
        yield _Said(sentence, document.paragraphs[0], tuple(finds(sentence)))


def _said(document: Document) -> Iterator[_Said]:
    before = ""
    for paragraph in document.paragraphs:
        shown = paragraph.text
        if office := signature(before, shown):
            yield _signed(before, paragraph, office)
        elif _states(paragraph):
            for sentence in sentences(ENUMERATED.sub("", shown)):
                found = tuple(finds(sentence))
                if found and _is_long(sentence, found) and "{{" not in sentence:
                    yield _Said(sentence, paragraph, found)
        before = shown


def _is_long(sentence: str, found: Sequence[Find]) -> bool:
    """Return whether a sentence says enough to be asked about without those around it."""
    words = len(sentence.split())
    measured = sentence.endswith(".") and any(
        find.kind == "number" and find.start > 0 for find in found
    )
    return words >= (SHORTEST_WITH_NUMBER if measured else SHORTEST)


def _states(paragraph: Paragraph) -> bool:
    """Return whether a paragraph states something: no address, heading, or place and day."""
    shown = paragraph.text
    words = len(shown.split())
    heading = paragraph.number <= HEAD and not shown.endswith((".", ";", ":", "!", "…", ")"))
    return not (
        SKIPPED.match(shown)
        or shown.isupper()
        or heading
        or (words < 12 and PLACE_AND_DAY.match(shown))
    )


def _signed(above: str, paragraph: Paragraph, office: str) -> _Said:
    name = paragraph.text
    head = above[: len(above.rstrip(" *")) - len(office)].strip(" *")
    sentence = f"{head}: {name}, {office}" if head else f"{name}, {office}"
    end = len(sentence) - len(office) - 2
    found = (
        named(end - len(name), end, name, "name"),
        named(end + 2, len(sentence), office, "office"),
    )
    return _Said(sentence, paragraph, found)


class _Maker:
    """Makes the drafts of one sentence."""

    def __init__(
        self, source: Source, topic: str, seed: int, said: _Said, everything: Sequence[Find]
    ) -> None:
        self.source, self.topic, self.seed, self.said = source, topic, seed, said
        self.everything = everything
        self.sentence = said.sentence
        page = said.paragraph.page
        key = "place.page" if page else "place.paragraph"
        self.place = text(key, page=page, n=said.paragraph.number)
        self.fact_id = self.named("dk", "")

    def named(self, kind: str, value: str) -> str:
        """Return an id that depends on the content only, so that a second run gives the same."""
        mark = sha256(f"{self.sentence}|{value}|{kind}")[:8]
        return f"{self.source.id[:48]}.{kind}-{mark}"

    def fact(self, found: Sequence[Find]) -> Fact:
        """Return the fact that the sentence states, in the source's own words as yet."""
        return Fact(
            id=self.fact_id,
            statement=self.sentence,
            values=tuple(find.value for find in found),
            cites=Citation(source=self.source.id, place=self.place),
            status="one_source",
            note=text("note"),
        )

    def questions(self, found: Sequence[Find]) -> Iterator[tuple[Question, Sequence[Find]]]:
        """Yield single choices for the best values, and a cloze where several are left.

        Each comes with what it asks for.
        """
        ranked = sorted(found, key=lambda find: (KINDS.index(find.kind), find.start))
        made = [(question, [find]) for find in ranked if (question := self.single(find))]
        made = made[:PER_SENTENCE]
        yield from made
        typed = [find for find in found if find.kind in TYPED or len(self.wrong(find)) > 1]
        if len(typed) > len(made) and len(self.sentence.split()) <= 2 * LONGEST:
            yield self.cloze(typed[:GAPS]), typed[:GAPS]

    def shared(self, kind: str, value: str) -> dict[str, Any]:
        """Return the fields that every draft has."""
        return {
            "id": self.named(kind, value),
            "topic": self.topic,
            "level": "recall",
            "facts": (self.fact_id,),
            "tags": (DRAFTED,),
            "explanation": text(
                "explanation", sentence=self.sentence, source=self.source.title, place=self.place
            ),
        }

    def single(self, find: Find) -> SingleChoice | None:
        """Return a choice among values of the same kind; None where there are too few."""
        wrong = self.wrong(find)
        if len(wrong) < 2:
            return None
        options, key = self.options(find, wrong)
        return SingleChoice(
            type="single",
            stem=text("stem.single", sentence=shortened(self.sentence, find)),
            options=tuple(Option(id=id_, text=shown) for id_, shown in options),
            key=key,
            **self.shared("ch", find.shown),
        )

    def wrong(self, find: Find) -> list[str]:
        return distractors(find, self.everything, self.sentence, self.seed)

    def options(self, find: Find, wrong: Sequence[str]) -> tuple[list[tuple[str, str]], str]:
        """Return (id, text) of the options in an order that tells nothing, and the key's id."""
        shown = shuffled([find.shown, *wrong], f"{self.seed}:{self.sentence}")
        options = list(zip("abcdefgh", shown, strict=False))
        return options, next(id_ for id_, text_ in options if text_ == find.shown)

    def cloze(self, found: Sequence[Find]) -> Cloze:
        """Return the sentence with gaps: numbers are typed, all else is chosen where possible."""
        gaps, pieces, at = [], [], 0
        for id_, find in zip("abcdefgh", found, strict=False):
            pieces += [self.sentence[at : find.start], f"{{{{{id_}}}}}"]
            at = find.end
            wrong = self.wrong(find)
            if find.kind in TYPED or len(wrong) < 2:
                gaps.append(Gap(id=id_, accepted=tuple(_spellings(find))))
                continue
            options, key = self.options(find, wrong)
            parts = tuple(Part(id=option, text=shown) for option, shown in options)
            gaps.append(Gap(id=id_, options=parts, key=key))
        return Cloze(
            type="cloze",
            stem=text("stem.cloze"),
            text="".join([*pieces, self.sentence[at:]]),
            gaps=tuple(gaps),
            scoring="each",
            **self.shared("dt", "|".join(find.shown for find in found)),
        )


def _spellings(find: Find) -> list[str]:
    """Return how people may type a value: `05`, `5`, `năm`."""
    found = [find.shown]
    if find.kind == "count":
        plain = find.shown.lstrip("0")
        found.append(plain)
        if plain.isdigit() and int(plain) < len(SMALL_NUMBERS):
            found.append(SMALL_NUMBERS[int(plain)])
    return list(dict.fromkeys(value for value in found if value))


def shortened(sentence: str, find: Find) -> str:
    """Return a sentence with a gap for a find; where it is long, only what is near the gap.

    It is cut where a clause ends if that is not far from the limit.
    """
    before = sentence[: find.start].split()
    after = sentence[find.end :]
    tail = after.split()
    if len(before) + len(tail) < LONGEST:
        return sentence[: find.start] + text("gap") + after
    keep = min(len(before), max(LONGEST // 2, LONGEST - len(tail)))
    head = before[len(before) - keep :]
    rest = LONGEST - keep
    if keep < len(before):
        ends = [i + 1 for i, word in enumerate(head[:NEARLY]) if word[-1] in ",;:"]
        head = ["…", *head[ends[-1] if ends else 0 :]]
    shown = tail[:rest]
    if rest < len(tail):
        ends = [i for i, word in enumerate(shown) if word[-1] in ",;:" and i >= rest - NEARLY]
        shown = [*(shown[: ends[0] + 1] if ends else shown), "…"]
        shown[-2:-1] = [word.rstrip(",;:") for word in shown[-2:-1]]
    closed = "" if after[:1].isspace() else " "
    return (
        f"{' '.join(head)} {text('gap')}{'' if closed and after else ' '}{' '.join(shown)}".strip()
    )
