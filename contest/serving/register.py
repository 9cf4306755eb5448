"""Registering in three steps, with plain forms that work without script.

What was filled in so far lies signed in the visitor's own browser; the server
keeps nothing until the last step, and checks everything again then.
"""

from __future__ import annotations

import secrets

from contest.ids import SeededIds
from contest.numbers import shown_number
from contest.registration import FieldError, consent_text, read_fields
from contest.registration_fields import field_title, input_name, summary_value
from contest.rounds import RoundStatus
from contest.rules import Rules
from contest.rules_registration import field_name
from contest.serving import proof
from contest.serving.entry import unit_words
from contest.serving.form_fields import as_typed, form_fields
from contest.serving.messages import text
from contest.serving.register_step import Gate, Step
from contest.serving.unit_list import ADDRESS, UnitList
from contest.units import Unit, fold

SHOWN_UNITS = 60


class Details(Step):
    """`/dang-ky`: what the rules ask, and the group."""

    async def get(self) -> None:
        status = await self.begin()
        if status:
            await self._show(status, self.draft, [])

    async def post(self) -> None:
        status = await self.begin()
        if not status:
            return
        typed = {
            (name := input_name(field)): self.get_body_argument(name, "")
            for field in status.rules.registration.fields
        }
        fields, errors = read_fields(status.rules, typed)
        group = self._group(status.rules, errors)
        if not errors and (refused := proof.refusal(self, status.rules)):
            errors.append(refused)
        if not errors:
            errors += self._too_many(status.rules)
        if errors:
            await self._show(status, {**typed, "group": group}, errors)
        elif await self._is_used(status.rules, fields):
            await self.used(status)
        else:
            # Of one draft comes one contestant, however often the last button is pressed.
            once = self.draft.get("once") or secrets.token_hex(16)
            rest = {name: value for name, value in self.draft.items() if name not in typed}
            draft = {**rest, **as_typed(status.rules, fields), "group": group, "once": once}
            if status.rules.registration.device_check:
                draft["proved"] = proof.proved(self, draft)
            if self.shared.cookies.keep_draft(self, draft):
                self.see("/dang-ky/don-vi")
            else:
                longest = max(typed, key=lambda name: len(typed[name]))
                error = FieldError(longest, text("form.too_much"))
                await self._show(status, {**typed, "group": group}, [error])

    def _group(self, rules: Rules, errors: list[FieldError]) -> str:
        groups = [group.id for group in rules.groups]
        if len(groups) == 1:
            return groups[0]
        chosen = self.get_body_argument("group", "")
        if chosen not in groups:
            errors.append(FieldError("group", text("form.group.empty")))
            return ""
        return chosen

    @property
    def _place(self) -> str:
        return f"used/{self.request.remote_ip}"

    def _too_many(self, rules: Rules) -> list[FieldError]:
        """Whoever tries numbers to see which are registered has to wait, for any answer."""
        wait = self.shared.by_address.wait(self._place, self.now)
        if not wait or rules.registration.key == "none":
            return []
        self.set_status(429)
        return [FieldError(rules.registration.key, text("code.wait", phut=-(-wait // 60_000)))]

    async def _is_used(self, rules: Rules, fields: dict[str, str]) -> bool:
        used = await self.service.key_is_used(rules, fields)
        if used:
            self.shared.by_address.count(self._place, self.now)
        return used

    async def _show(
        self, status: RoundStatus, draft: dict[str, str], errors: list[FieldError]
    ) -> None:
        await self.page(
            "details",
            text("register.details"),
            status,
            draft=draft,
            fields=form_fields(status.rules, draft),
            errors=errors,
            proof=proof.asked(self, status.rules),
        )


class ChooseUnit(Step):
    """`/dang-ky/don-vi`: the unit, from the list; a plain search narrows it."""

    async def get(self) -> None:
        status = await self.begin()
        if status:
            await self._show(status, [])

    async def post(self) -> None:
        status = await self.begin()
        if not status:
            return
        unit_id = self.get_body_argument("unit", "")
        if unit_id not in (await self.units(status)).by_id:
            await self._show(status, [FieldError("unit", text("form.unit.empty"))])
            return
        self.shared.cookies.keep_draft(self, {**self.draft, "unit": unit_id})
        self.see("/dang-ky/kiem-tra")

    async def _show(self, status: RoundStatus, errors: list[FieldError]) -> None:
        units = await self.units(status)
        query = self.get_query_argument("tim", "")[:100]
        found = _best_first(units.search(query), query)
        picked = units.by_id.get(self.draft.get("unit", ""))
        if picked is not None and not query:  # by the link, or before: it stands first
            found = [picked, *(unit for unit in found if unit is not picked)]
        await self.page(
            "unit",
            text("register.unit"),
            status,
            errors=errors,
            draft=self.draft,
            query=query,
            list_hash=units.digest,
            searchable=len(units.units) > SHOWN_UNITS or bool(query),
            found=shown_number(len(found)) if found else "",
            units=[unit_words(units, unit) for unit in found[:SHOWN_UNITS]],
            more=shown_number(len(found) - SHOWN_UNITS) if len(found) > SHOWN_UNITS else "",
        )


class CheckAndConsent(Step):
    """`/dang-ky/kiem-tra`: everything once more, the consent, and the registration itself."""

    async def get(self) -> None:
        status = await self.begin()
        if status:
            await self._show(status, [])

    async def post(self) -> None:
        status = await self.begin()
        if not status:
            return
        if errors := self._refused(status.rules):
            await self._show(status, errors)
            return
        draft = self.draft
        # A signed cookie may be old: fields, unit and group are checked against today's rules.
        fields, errors = read_fields(status.rules, draft)
        groups = {group.id for group in status.rules.groups}
        units = await self.units(status)
        known = draft.get("unit") in units.by_id and draft.get("group") in groups
        if errors or not known or "once" not in draft or proof.needed(self, status.rules):
            self.see("/dang-ky")
            return
        ids = SeededIds(self.shared.cookies.seed(draft["once"]), "register")
        registered = await self.service.with_ids(ids).register(
            status.rules, fields, draft["unit"], draft["group"], self.now
        )
        if registered is None:
            await self.used(status)
            return
        self.shared.cookies.drop_draft(self)
        self.shared.cookies.sign_in(self, registered.contestant_id, registered.code)
        self.see("/bat-dau" if status.phase == "open" else "/")

    def _refused(self, rules: Rules) -> list[FieldError]:
        """Return what was not agreed to or declared."""
        asked = ["declare"] if rules.registration.excluded else []
        return [
            FieldError(name, text(f"form.{name}.empty"))
            for name in (*asked, "consent")
            if self.get_body_argument(name, "") != "yes"
        ]

    async def _show(self, status: RoundStatus, errors: list[FieldError]) -> None:
        draft = self.draft
        units = await self.units(status)
        fields, wrong = read_fields(status.rules, draft)
        if wrong or draft.get("unit") not in units.by_id:
            self.see("/dang-ky")
            return
        shown = [
            (field_title(field), summary_value(field, fields[name]))
            for field in status.rules.registration.fields
            if (name := field_name(field)) in fields
        ]
        await self.page(
            "check",
            text("register.check"),
            status,
            errors=errors,
            shown=shown,
            unit=unit_words(units, units.by_id[draft["unit"]]),
            consent=consent_text(status.rules),
        )


def _best_first(found: list[Unit], query: str) -> list[Unit]:
    """Return units with the words of `query` as whole words before those with parts of words.

    Only the first ones are shown: "12" must not hide behind 112, 120 and 1200.
    """
    words = set(fold(query).split())
    return sorted(found, key=lambda unit: not words <= set(fold(unit.name).split()))


REGISTER_PAGES: list[tuple[str, type]] = [
    ("/dang-ky", Details),
    ("/dang-ky/ma-tham-gia", Gate),
    ("/dang-ky/don-vi", ChooseUnit),
    (ADDRESS, UnitList),
    ("/dang-ky/kiem-tra", CheckAndConsent),
]
"""The steps of registering, and the list that one of them searches."""
