"""Lines of a Word document -> questions with their options, and what the file says of the key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from questions.formats import patterns, word_keys
from questions.formats.settle import LETTERS
from questions.formats.word_text import Content, Line, Table, joined


@dataclass
class Choice:
    """An option as it stands: its letter, its label and its text with their marks."""

    letter: str
    label: Line
    text: Line
    starred: bool = False


@dataclass
class Raw:
    """A question before its key is known.

    Attributes
    ----------
    told : list of (str, frozenset of str)
        Each place where the file says the key (problem text key), with the letters it names.
    faults : list of str
        Problem codes of what couldn't be taken apart.
    """

    number: int
    body: list[Line]
    level: str = ""
    stem: Line = field(default_factory=Line)
    options: list[Choice] = field(default_factory=list)
    told: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    explanation: Line | None = None
    points: str = ""
    faults: list[str] = field(default_factory=list)


@dataclass
class Split:
    """The questions of a document, and what else stands in it."""

    questions: list[Raw] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    keys: dict[int, frozenset[str]] = field(default_factory=dict)
    keys_twice: set[int] = field(default_factory=set)


def split(content: Content) -> Split:
    """Take a document apart; tables with headers of questions are left as tables."""
    splitter = _Splitter(content)
    for block in content.blocks:
        if isinstance(block, Line):
            splitter.line(block)
        else:
            splitter.table(block)
    for raw in splitter.found.questions:
        _take_apart(raw)
    return splitter.found


class _Splitter:
    def __init__(self, content: Content) -> None:
        lines = [block.text for block in content.blocks if isinstance(block, Line)]
        for block in content.blocks:
            if isinstance(block, Table):
                lines += [
                    part for row in block.texts() for cell in row for part in cell.split("\n")
                ]
        self.start = patterns.NAMED if any(map(patterns.NAMED.match, lines)) else patterns.NUMBERED
        self.found = Split()
        self.zone = "questions"
        self.solved: Raw | None = None

    def line(self, line: Line) -> None:
        text = line.text.strip()
        if not text:
            return
        if patterns.END.fullmatch(text):
            self.zone = "after"
        elif patterns.KEYS_HEADING.fullmatch(text):
            self.zone = "keys"
        elif patterns.SOLUTIONS.fullmatch(text) and (self.zone != "questions" or text.isupper()):
            self.zone = "solutions"
        elif self.zone != "questions":
            self.aside(line)
        else:
            self.question(line)

    def aside(self, line: Line) -> None:
        """Read a line behind the questions: keys, or solutions question by question."""
        start = self.start.match(line.text)
        questions = self.found.questions
        if start and (not questions or int(start["number"]) > questions[-1].number):
            self.zone = "questions"
            self.question(line)
            return
        keys = word_keys.pairs(line.text)
        if keys and self.zone != "solutions":
            self.remember(keys)
            return
        if self.zone == "solutions" and start:
            number = int(start["number"])
            self.solved = next((raw for raw in questions if raw.number == number), None)
            line = line.part(start.end())
        if self.zone == "solutions" and self.solved is not None:
            self._explain(self.solved, line)
        else:
            self.found.after.append(line.text.strip())

    def _explain(self, raw: Raw, line: Line) -> None:
        told = any(place == "told.solution" for place, _ in raw.told)
        _solved(raw, line.text, more=told)
        known = [] if raw.explanation is None else [raw.explanation]
        raw.explanation = joined([*known, line])

    def table(self, table: Table) -> None:
        keys = word_keys.grid(table.texts())
        if keys:
            self.remember(keys)
        elif word_keys.is_question_table(table.texts()):
            self.found.tables.append(table)
        else:
            for row in table.rows:
                for cell in row:
                    for line in lines_of(cell):
                        self.line(line)

    def remember(self, keys: list[tuple[int, frozenset[str]]]) -> None:
        for number, letters in keys:
            known = self.found.keys.setdefault(number, letters)
            if known != letters:
                self.found.keys_twice.add(number)

    def question(self, line: Line) -> None:
        """Add a line to the question it belongs to, which it may begin."""
        questions = self.found.questions
        start = self.start.match(line.text)
        if start and self._begins(int(start["number"])):
            self._begin(line, start)
        elif patterns.HEADING.match(line.text) and not self._ninth(line):
            self.found.headings.append(line.text.strip())
        elif questions:
            self._more(line)
        else:
            self.found.before.append(line.text.strip())

    def _begins(self, number: int) -> bool:
        """Return whether a number begins a question; lists inside one begin again at 1."""
        if self.start is patterns.NAMED or not self.found.questions:
            return True
        return self.found.questions[-1].number < number <= self.found.questions[-1].number + 5

    def _ninth(self, line: Line) -> bool:
        """Return whether a line is the option I behind H, and no heading with a Roman one."""
        questions = self.found.questions
        if not questions or not patterns.NINTH.match(line.text):
            return False
        letters = [
            label["letter"] for label in patterns.LABEL.finditer(questions[-1].body[-1].text)
        ]
        return letters[-1:] in (["H"], ["h"])

    def _begin(self, line: Line, start: re.Match[str]) -> None:
        raw = Raw(int(start["number"]), [], start["level"] or "")
        self.found.questions.append(raw)
        rest = line.part(start.end())
        tag = patterns.TAG.match(rest.text)
        if tag:
            raw.level, rest = tag["level"], rest.part(tag.end())
        self._more(rest)

    def _more(self, line: Line) -> None:
        """Add a line to the last question, unless the next one begins inside it."""
        last = self.found.questions[-1]
        for inside in patterns.INSIDE.finditer(line.text):
            if int(inside["number"]) == last.number + 1:
                last.body.append(line.part(0, inside.start()))
                self._begin(
                    line.part(inside.start()), patterns.NAMED.match(line.text[inside.start() :])
                )
                return
        last.body.append(line)


def lines_of(whole: Line) -> Iterator[Line]:
    """Yield the lines of text that holds newlines."""
    start = 0
    for text in whole.text.split("\n"):
        yield whole.part(start, start + len(text))
        start += len(text) + 1


def _take_apart(raw: Raw) -> None:
    """Find stem, options, key lines, points and explanation in a question's lines."""
    kept: list[Line] = []
    explained: list[Line] = []
    for line in raw.body:
        if explained and not word_keys.answer_line(line.text):
            explained.append(line)
        elif match := patterns.EXPLAINED.match(line.text):
            explained.append(line.part(match.end()))
        elif match := patterns.POINTS.fullmatch(line.text):
            raw.points = match[1]
        elif told := word_keys.answer_line(line.text):
            raw.told.append(("told.line", told))
        else:
            kept.append(_without_answer(raw, line, explained))
    told = False
    for line in explained:
        told = _solved(raw, line.text, more=told) or told
    if explained:
        raw.explanation = joined([*explained, *([raw.explanation] if raw.explanation else [])])
    body = joined(kept)
    labels = _labels(raw, body.text)
    raw.stem = body.part(0, labels[0].start("star") if labels else None)
    ends = [*(label.start() for label in labels[1:]), len(body.text)] if labels else []
    for label, end in zip(labels, ends, strict=True):
        raw.options.append(
            Choice(
                label["letter"].upper(), body.part(label.start("letter"), label.end()),
                body.part(label.end(), end), bool(label["star"]),
            )
        )  # fmt: skip
    raw.options.sort(key=lambda option: option.letter)
    if len(labels) == len(LETTERS) and patterns.NINTH.search(raw.options[-1].text.text):
        raw.faults.append("word.ninth")


def _solved(raw: Raw, text: str, *, more: bool) -> bool:
    """Note the key that a line of a solution tells; behind one only a line of nothing else."""
    told = word_keys.answer_line(text) if more else word_keys.chosen(text)
    if told:
        raw.told.append(("told.solution", told))
    return bool(told)


def _without_answer(raw: Raw, line: Line, explained: list[Line]) -> Line:
    """Return a line up to the key that stands at its end, as in `D. … Đáp án: B`."""
    match = patterns.KEY_INSIDE.search(line.text)
    if match is None:
        return line
    raw.told.append(("told.line", word_keys.letters(match["letters"])))
    rest = patterns.EXPLAINED.match(line.text, match.end())
    if rest:
        explained.append(line.part(rest.end()))
    return line.part(0, match.start())


def _labels(raw: Raw, text: str) -> list[re.Match[str]]:
    """Return the labels of the options in the order of the text."""
    for case in (str.isupper, str.islower):
        found = [label for label in patterns.LABEL.finditer(text) if case(label["letter"])]
        strong = [label for label in found if label["before"] != " "]
        if not strong and case is str.islower:
            continue
        letters = sorted(label["letter"].upper() for label in strong)
        if len(letters) > 1 and letters == _first(len(letters)):
            inside = [label for label in found if label not in strong]
            if not _continues(inside, len(letters), strong):
                return strong
        chain = _chain(found)
        if len(chain) > 1:
            missed = [label for label in strong if label not in chain]
            if missed:
                raw.faults.append("word.letters")
            return chain
    return []


def _first(n: int) -> list[str]:
    return [chr(ord("A") + index) for index in range(n)]


def _continues(inside: list[re.Match[str]], n: int, strong: list[re.Match[str]]) -> bool:
    """Return whether letters follow inside the last option's line, as in `C. x D. y`."""
    following = chr(ord("A") + n)
    last = max(label.start() for label in strong)
    return any(label["letter"].upper() == following and label.start() > last for label in inside)


def _chain(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return A, B, C … each behind the one before; at the start of a line where one is there."""
    chain: list[re.Match[str]] = []
    while True:
        wanted = chr(ord("A") + len(chain))
        start = chain[-1].end() if chain else 0
        ahead = [label for label in found
                 if label["letter"].upper() == wanted and label.start() >= start - 1]  # fmt: skip
        strong = [label for label in ahead if label["before"] != " "]
        if not ahead:
            return chain
        chain.append((strong or ahead)[0])
