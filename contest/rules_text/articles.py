"""The rules file -> the articles of the thể lệ. Everything that is computed is said here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contest.registration import age_uncertain, consent_text
from contest.registration_fields import phone_example
from contest.rules import Rules
from contest.rules_paper import PaperRules
from contest.rules_registration import IdentityField
from contest.rules_text.messages import text
from contest.rules_text.model import Article, Block, Items, Table
from contest.rules_text.ranking import people, prediction, prizes, scoring, units
from contest.rules_text.words import day, keys_in_words, listed, moment, number


def articles(
    rules: Rules, topics: Mapping[str, str], proofs: Mapping[str, str] | None = None
) -> list[Article]:
    """Return the articles of the rules.

    Parameters
    ----------
    rules : Rules
        What is announced is what is computed: only they are looked at.
    topics : mapping
        Topic id -> title, as the bank has them.
    proofs : mapping or None
        Round id -> hash of the round's secret, where it is to be published here.
    """
    found = [
        Article(text("name"), tuple(_name(rules))),
        Article(text("who"), tuple(_who(rules))),
        Article(text("registration"), tuple(_registration(rules))),
        Article(text("time"), tuple(_time(rules))),
        Article(text("paper"), tuple(_papers(rules, topics))),
        Article(text("attempts"), tuple(_attempts(rules))),
        Article(text("scoring"), tuple(scoring(rules))),
    ]
    if rules.prediction is not None:
        found.append(Article(text("prediction"), tuple(prediction(rules.prediction, rules.rounds))))
    found += [
        Article(text("people"), tuple(people(rules))),
        Article(text("units"), tuple(units(rules.ranking.units))),
    ]
    if rules.prizes.people or rules.prizes.units:
        found.append(Article(text("prizes"), tuple(prizes(rules))))
    found += [
        Article(text("reveal"), tuple(_reveal(rules))),
        Article(text("data"), (Items(consent_text(rules).lines),)),
    ]
    if proofs is not None:
        found.append(Article(text("proof"), tuple(_proof(rules, proofs))))
    return found


def _name(rules: Rules) -> Iterator[Block]:
    about, issued = rules.contest, rules.issued
    yield text("name.what", ten=about.title)
    if about.sample:
        yield text("name.sample")
    yield text("name.who", ai=about.organiser, lien_he=about.contact)
    if issued is not None and issued.number and issued.on:
        yield text("name.issued", so=issued.number, ngay=day(issued.on))
    elif issued is not None and issued.number:
        yield text("name.issued.number", so=issued.number)
    elif issued is not None and issued.on:
        yield text("name.issued.on", ngay=day(issued.on))


def _who(rules: Rules) -> Iterator[Block]:
    titles = [group.title for group in rules.groups]
    yield text("who.groups" if len(titles) > 1 else "who.group", nhom=listed(titles))
    age = rules.registration.age
    if age is not None:
        limits = [("at_least", age.at_least), ("at_most", age.at_most)]
        words = listed(text(f"who.age.{name}", n=n) for name, n in limits if n is not None)
        yield text("who.age", tuoi=words, ngay=day(age.on))
        if age_uncertain(rules):
            yield text("who.age.year")
    if rules.registration.excluded:
        yield text("who.excluded", ai=listed(rules.registration.excluded))
    for round_ in rules.rounds:
        if round_.admits == "listed":
            yield text("who.listed", ky=round_.title)


def _registration(rules: Rules) -> Iterator[Block]:
    registration = rules.registration
    yield text("registration.fields", truong=listed(map(_field, registration.fields)))
    if registration.key == "none":
        yield text("registration.key.none")
    else:
        yield text("registration.key", ten=text(f"key.{registration.key}"))
    if registration.entry_code is not None:
        yield text("registration.code")


def _field(field: IdentityField) -> str:
    if field.kind == "name":
        name = text("field.name", n=field.max_length)
    elif field.kind == "phone":
        name = text("field.phone", mau=phone_example(field.pattern))
    elif field.kind == "birth":
        name = text(f"field.birth.{field.precision}")
    elif field.kind == "choice":
        name = text("field.choice", ten=field.title, chon=listed(field.choices))
    elif field.kind == "text":
        name = text("field.text", ten=field.title, n=field.max_length)
    else:
        name = text(f"field.{field.kind}")
    return name if field.required else text("registration.optional", ten=name)


def _time(rules: Rules) -> Iterator[Block]:
    lines = []
    for round_ in rules.rounds:
        words = {"ky": round_.title, "vong": round_.stage}
        key = "time.stage" if round_.stage else "time.round"
        after = ""
        if round_.hours is not None:
            after += text("time.hours", tu=round_.hours.opens, den=round_.hours.closes)
            if len(round_.hours.days) < 7:
                days = listed(text(f"day.{name}") for name in round_.hours.days)
                after += text("time.days", ngay=days)
        if round_.results_by is not None:
            after += text("time.results", ngay=day(round_.results_by))
        for opens, closes in round_.window_times:
            lines.append(text(key, mo=moment(opens), dong=moment(closes), **words) + after + ".")
    yield Items(tuple(lines))
    yield text("time.zone")


def _papers(rules: Rules, topics: Mapping[str, str]) -> Iterator[Block]:
    rounds = {round_.id: round_.title for round_ in rules.rounds}
    groups = {group.id: group.title for group in rules.groups}
    for paper in rules.papers:
        for_ = []
        if paper.rounds is not None:
            for_.append(text("paper.for.rounds", ky=listed(rounds.get(r, r) for r in paper.rounds)))
        if paper.groups is not None:
            named = listed(groups.get(g, g) for g in paper.groups)
            for_.append(text("paper.for.groups", nhom=named))
        if for_:
            yield text("paper.for", cho=listed(for_)) + ":"
        yield from _paper(paper, topics)
    if rules.papers:
        yield text("paper.others") + ":"
    yield from _paper(rules.paper, topics)


def _paper(paper: PaperRules, topics: Mapping[str, str]) -> Iterator[Block]:
    lines = [text("paper.count", n=paper.length, diem=number(paper.points))]
    if paper.minutes is not None:
        lines.append(text("paper.minutes", n=paper.minutes))
    else:
        total = number(paper.duration_ms // 1000)
        lines.append(text("paper.seconds", n=paper.seconds_per_question, tong=total))
    lines += [text(f"paper.draw.{paper.draw}"), text(f"paper.order.{paper.order}")]
    if paper.grace_seconds:
        lines.append(text("paper.grace", n=paper.grace_seconds))
    if paper.types is not None:
        lines.append(text("paper.types", loai=listed(text(f"type.{t}") for t in paper.types)))
    for name, span in (("options", paper.options), ("right", paper.right)):
        if span is not None:
            lines.append(text(f"paper.{name}", tu=span.at_least, den=span.at_most))
    yield Items(tuple(lines))
    yield _blueprint(paper, topics)


def _blueprint(paper: PaperRules, topics: Mapping[str, str]) -> Table:
    levels = any(line.level for line in paper.blueprint)
    tags = any(line.tag for line in paper.blueprint)
    header = [text("paper.topic")]
    header += [text("paper.level")] * levels + [text("paper.tag")] * tags
    header.append(text("paper.questions"))
    rows = []
    for line in paper.blueprint:
        row = [topics.get(line.topic, line.topic)]
        row += [text(f"level.{line.level}") if line.level else ""] * levels
        row += [line.tag or ""] * tags
        rows.append((*row, number(line.questions)))
    rows.append((text("paper.sum"), *[""] * (len(header) - 2), number(paper.length)))
    return Table(text("paper.caption"), tuple(header), tuple(rows), (len(header) - 1,))


def _attempts(rules: Rules) -> Iterator[Block]:
    attempts = rules.attempts
    if attempts.limit is None:
        yield text("attempts.limit.none")
    else:
        yield text(f"attempts.limit.{attempts.per}", n=attempts.limit)
    yield text("attempts.counted", khoa=keys_in_words(attempts.counted.keys))
    for name in ("all_answered", "prediction"):
        if getattr(rules.valid, name):
            yield text(f"attempts.valid.{name}")
    yield text("attempts.expire")


def _reveal(rules: Rules) -> Iterator[Block]:
    reveal = rules.reveal
    names = ("score", "right_answers", "explanations")
    yield Items(
        tuple(text(f"reveal.{name}", khi=text(f"when.{getattr(reveal, name)}")) for name in names)
    )
    yield text(f"reveal.open_book.{str(reveal.open_book).lower()}")
    yield text(f"publish.{rules.publish.names}")
    if rules.publish.top is not None:
        yield text("publish.top", n=rules.publish.top)
    if rules.complaints is None:
        yield text("complaints.none")
    else:
        yield text("complaints", n=rules.complaints.days, dau=rules.complaints.to)


def _proof(rules: Rules, proofs: Mapping[str, str]) -> Iterator[Block]:
    yield text("proof.why")
    yield Items(
        tuple(
            text("proof.hash", ky=round_.title, ma=proofs[round_.id])
            for round_ in rules.rounds
            if round_.id in proofs
        )
    )
