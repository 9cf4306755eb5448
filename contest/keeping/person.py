"""All that is kept about one person, in words, for that person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from contest.clock import local
from contest.frozen import FrozenRound
from contest.ids import shown
from contest.keeping.messages import TEXTS, text
from contest.keeping.personal import known_rules
from contest.registration import consent_text
from contest.registration_fields import shown_value
from contest.replay import replay
from contest.rules import Rules
from contest.rules_registration import ChoiceField, TextField
from contest.rules_registration import field_name as own_name
from contest.service import Service
from contest.store.commands import Action, Contestant
from contest.store.protocol import AttemptRecord
from questions.answers import answer_words

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.25rem 1rem}"
    "dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}li{margin:.5rem 0}"
    "@media(max-width:30rem){dl{grid-template-columns:1fr}}"
)


async def person_data(service: Service, contestant: Contestant, now: int) -> dict[str, Any]:
    """Return everything that the database holds about a contestant, under Vietnamese names.

    Right answers aren't among it: they are the contest's, and the rules say when they are shown.
    """
    known = await known_rules(service)
    about = next((rules.contest for rules in known), None)
    fields = await service.store.person(contestant.contestant_id)
    attempts, ids, unit = [], {contestant.contestant_id}, None
    for action in await service.store.actions("freeze"):
        frozen = await service.rounds.frozen(action.subject)
        if frozen is None:
            continue
        unit = frozen.units.by_id.get(contestant.unit_id) or unit
        for record in await service.store.attempts_of(contestant.contestant_id, action.subject):
            attempts.append(await _attempt(service, frozen, record))
            ids.add(record.attempt_id)
    return {
        text("person.contest"): about and about.title,
        text("person.organiser"): about and about.organiser,
        text("person.contact"): about and about.contact,
        text("person.made_at"): _time(now),
        text("person.contestant"): {
            text("person.id"): contestant.contestant_id,
            text("person.unit"): unit.name if unit else None,
            text("person.unit_id"): contestant.unit_id,
            text("person.group"): contestant.group,
            text("person.registered_at"): _time(contestant.registered_at),
            **({text("person.synthetic"): True} if contestant.synthetic else {}),
        },
        text("person.given"): _given(fields, known),
        text("person.consent"): await _consent(service, contestant),
        text("person.hashes"): {
            text("person.key_hash"): _kept(contestant.key_hash is not None),
            text("person.code_hash"): _kept(not contestant.erased),
            text("person.commitment"): contestant.commitment,
        },
        text("person.claims"): await _claims(service, contestant, ids),
        text("person.attempts"): attempts,
        text("person.actions"): [
            _action(action) for action in await service.store.actions() if action.subject in ids
        ],
        text("person.note"): text("person.note.text"),
    }


def _given(fields: dict[str, str] | None, known: Sequence[Rules]) -> Any:
    """Return what the person gave, under the titles that the form had, as people read it."""
    if fields is None:
        return text("person.erased")
    asked = {own_name(one): one for rules in reversed(known) for one in rules.registration.fields}
    found: dict[str, str] = {}
    for name, value in fields.items():
        field = asked.get(name)
        title = field.title if isinstance(field, ChoiceField | TextField) else field_name(name)
        label = f"{title} ({name})" if title in found else title
        found[label] = value if field is None else shown_value(field, value)
    return found


def field_name(kind: str) -> str:
    """Return what a field of the registration form is called."""
    return TEXTS.get(f"person.field.{kind}", kind)


def _kept(kept: bool) -> str:
    return text("person.kept" if kept else "person.not_kept")


async def _consent(service: Service, contestant: Contestant) -> dict[str, Any]:
    texts = {one.hash(): one for one in map(consent_text, await known_rules(service))}
    agreed = texts.get(contestant.consent_hash)
    return {
        text("person.consent_at"): _time(contestant.consent_at),
        text("person.consent_text"): (
            text("person.consent_unknown") if agreed is None else list(agreed.all_lines)
        ),
        text("person.hash"): contestant.consent_hash,
    }


async def _attempt(service: Service, frozen: FrozenRound, record: AttemptRecord) -> dict[str, Any]:
    rows = await service.store.rows(record.attempt_id)
    result = replay(rows)
    answers = []
    for number, item in enumerate(frozen.paper_of(record).items, start=1):
        response = result.responses.get(item.question.id)
        said = answer_words(item.question, response) if response else [text("person.no_answer")]
        answers.append(
            {
                text("person.question_number"): number,
                text("person.question"): item.question.stem,
                text("person.answer"): said,
            }
        )
    return {
        text("person.round"): frozen.round.title,
        text("person.attempt_id"): record.attempt_id,
        text("person.number"): record.number,
        text("person.receipt"): shown(record.receipt),
        text("person.started_at"): _time(record.started_at),
        text("person.state"): text(f"person.state.{result.state}"),
        text("person.prediction"): result.prediction,
        text("person.answers"): answers,
        text("person.events"): [
            {text("person.at"): _time(row.at), text("person.what"): text(f"person.row.{row.kind}")}
            for row in rows
        ],
    }


async def _claims(service: Service, contestant: Contestant, ids: set[str]) -> list[dict[str, Any]]:
    """Return what the person asked the organisers; `ids` get the claims', for what was done.

    What was sent without signing in may be somebody else's words: only that it is kept is told.
    """
    found = []
    for claim in await service.store.claims_about(contestant.contestant_id):
        ids.add(claim.claim_id)
        said = {text(f"person.claim.{what}"): words for what, words in claim.body.items()}
        found.append(
            {
                text("person.claim"): shown(claim.code) if claim.own else claim.claim_id,
                text("person.at"): _time(claim.at),
                text("person.claim.about"): text(f"person.claim.kind.{claim.kind}"),
                text("person.claim.said"): said if claim.own else text("person.claim.unsure"),
                text("person.claim.answer"): claim.answer if claim.own else None,
            }
        )
    return found


def _action(action: Action) -> dict[str, Any]:
    return {
        text("person.at"): _time(action.at),
        text("person.what"): TEXTS.get(f"person.action.{action.kind}", action.kind),
        text("person.by"): action.actor,
        text("person.detail"): action.body,
    }


def _time(ms: int) -> str:
    return local(ms).isoformat(timespec="milliseconds")


def as_json(data: dict[str, Any]) -> str:
    """Return the data as JSON that people can read."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_page(data: dict[str, Any], title: str) -> str:
    """Return the data as one HTML page without script; everything is escaped."""
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{_block(data)}</main></body></html>\n"
    )


def _block(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"<dt>{escape(str(key))}</dt><dd>{_block(one)}</dd>" for key, one in value.items())
        return f"<dl>{''.join(pairs)}</dl>"
    if isinstance(value, list) and value:
        return f"<ol>{''.join(f'<li>{_block(one)}</li>' for one in value)}</ol>"
    return escape(text("person.none") if value in (None, [], {}) else str(value))
