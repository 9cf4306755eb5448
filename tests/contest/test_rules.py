"""The rules file, as a model: strict, exact about times, the same when read back."""

from __future__ import annotations

import datetime
from typing import get_args

import pytest
from pydantic import ValidationError

from contest.rules import WEEKDAYS, ZONE, Hours, Rules, to_ms
from contest.rules_paper import QuestionType
from questions.yaml_lines import parse_yaml
from tests.factories import CLOSES, DAY, EVERY_TYPE, HOUR, MINUTE, OPENS, ROUND, rules_text


def rules(text: str | None = None, **changed: object) -> Rules:
    """Return the rules of a file."""
    file, problems = parse_yaml(text or rules_text(**changed), "the_le.yml")
    assert file is not None
    assert not problems
    return Rules.model_validate(file.data)


def refused(old: str, new: str) -> str:
    """Return the place that is refused once a line of the good file is changed."""
    text = rules_text()
    assert old in text
    with pytest.raises(ValidationError) as caught:
        rules(text.replace(old, new))
    error = caught.value.errors()[0]
    return ".".join(map(str, error["loc"]))


def test_times_are_vietnamese() -> None:
    """08:00 in the file is 01:00 UTC."""
    result = rules().rounds[0]
    assert (result.opens_at, result.closes_at) == (OPENS, CLOSES)


@pytest.mark.parametrize(
    "written", ["2026-11-23 08:00", "2026-11-23T08:00:00", "2026-11-23 08:00+07:00"]
)
def test_ways_of_writing_a_time_are_one_time(written: str) -> None:
    """With or without seconds and offset."""
    text = rules_text().replace("2026-11-23 08:00:00", written)
    assert rules(text).rounds[0].opens_at == OPENS


@pytest.mark.parametrize("written", ["2026-11-25 24:00", "2026-11-25 24:00:00+07:00"])
def test_a_day_ends_at_24_hours(written: str) -> None:
    """As rules say it; the next day begins then."""
    text = rules_text().replace("2026-11-25 08:00:00", written)
    assert rules(text).rounds[0].closes_at == CLOSES + 16 * HOUR


@pytest.mark.parametrize(
    "written",
    ["2026-11-23", "2026-13-23 08:00", "2026-11-23 24:01", "9999-12-31 24:00", "08:00",
     "2026-11-23 08:00Z", "2026-11-23 08:00+00:00", "mai", "20261123"],
)  # fmt: skip
def test_other_times_are_refused(written: str) -> None:
    """Impossible ones, dates alone, and other zones."""
    assert refused("2026-11-23 08:00:00", written) == "rounds.0.windows.0.opens"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("minutes: 20", 'minutes: "20"', "paper.minutes"),
        ("minutes: 20", "minutes: true", "paper.minutes"),
        ("minutes: 20", "minutes: 0", "paper.minutes"),
        ("limit: 2", "limit: 0", "attempts.limit"),
        ("limit: 2", "limit: 2.5", "attempts.limit"),
        ("points: 10", "points: 0", "paper.points"),
        ("points: 10", "points: nhiều", "paper.points"),
        ("sample: false", "sample: no", "contest.sample"),
        ("open_book: false", "open_book: 0", "reveal.open_book"),
        ("delete_on: 2027-02-23", "delete_on: 20270223", "registration.consent.delete_on"),
        ("delete_on: 2027-02-23", "delete_on: 2027-02-30", "registration.consent.delete_on"),
        ("    by: people", "    by: luck", "ranking.units.by.sum.terms.0.measure"),
        ("ties: shared", "ties: random", "ranking.people.ties"),
        ("quantity: people", "quantity: rain", "prediction.quantity"),
        ("version: 2", "version: 3", "version"),
        ("bank: ngan_hang", "bank: /etc", "bank"),
        ("units: don_vi.csv", "units: don_vi.xlsx", "units"),
        ('pattern: "000xxxxxxx"', 'pattern: "000-xxx"', "registration.fields.1.phone.pattern"),
        ("- kind: name", "- kind: fax", "registration.fields.0"),
        ("  minutes: 20", "  minutes: 20\n  minuts: 20", "paper.minuts"),
        ('    seen_by: "Ban Tổ chức"\n', "", "registration.consent.seen_by"),
        ("- {key: duration, order: low}\n    ties", "- {key: score, order: low}\n    ties",
         "ranking.people"),
    ],
)  # fmt: skip
def test_bad_values_are_refused_where_they_stand(old: str, new: str, place: str) -> None:
    """Wrong types, wrong words, unknown and missing keys."""
    assert refused(old, new) == place


@pytest.mark.parametrize(
    "extra", [{}, {"prediction": None}, {"more_rounds": [("ky-2", CLOSES, CLOSES + DAY)]}]
)
def test_data_is_read_back(extra: dict[str, object]) -> None:
    """What a frozen round holds gives the same rules and the same hash."""
    expected = rules(**extra)
    result = Rules.model_validate(expected.to_data())
    assert result == expected
    assert result.content_hash() == expected.content_hash()
    assert result.rounds[0].opens_at == expected.rounds[0].opens_at


def test_hash_does_not_depend_on_comments() -> None:
    """It is the rules' content that counts."""
    assert rules("# lời\n" + rules_text()).content_hash() == rules().content_hash()
    assert rules(minutes=21).content_hash() != rules().content_hash()


def test_window_takes_in_its_opening_but_not_its_closing() -> None:
    """So that windows that touch don't overlap."""
    round_ = rules().rounds[0]
    expected = (OPENS, CLOSES)
    assert round_.window_at(OPENS - 1) is None
    assert round_.window_at(OPENS) == round_.window_at(CLOSES - 1) == expected
    assert round_.window_at(CLOSES) is None


def test_round_of_several_windows_runs_from_the_first_to_the_last() -> None:
    """With nothing in between."""
    windows = [(OPENS, OPENS + HOUR), (OPENS + DAY, OPENS + DAY + HOUR)]
    round_ = rules(windows=windows).round(ROUND)
    assert (round_.opens_at, round_.closes_at) == (OPENS, OPENS + DAY + HOUR)
    assert round_.spans == windows
    assert round_.window_at(OPENS + 2 * HOUR) is None
    assert round_.next_opening(OPENS + 2 * HOUR) == OPENS + DAY
    assert round_.next_opening(OPENS + DAY) is None


def test_unknown_round_is_a_key_error() -> None:
    """It names the round."""
    with pytest.raises(KeyError, match="ky-9"):
        rules().round("ky-9")


def test_naive_times_are_refused() -> None:
    """Nobody can tell when they are."""
    with pytest.raises(ValueError, match="naive"):
        to_ms(datetime.datetime(2026, 11, 23, 8))  # noqa: DTZ001


def test_to_ms_is_exact() -> None:
    """To the millisecond."""
    moment = datetime.datetime(2026, 11, 23, 8, 1, 0, 7000, tzinfo=ZONE)
    assert to_ms(moment) == OPENS + MINUTE + 7


def test_a_paper_can_name_every_type_of_question() -> None:
    """The rules know what the bank knows."""
    assert set(get_args(QuestionType)) == set(EVERY_TYPE)


def test_paper_is_as_long_as_its_blueprint() -> None:
    """The sum of its lines."""
    assert rules().paper.length == 6


def test_version_1_is_still_read() -> None:
    """What it did without saying is said now."""
    old = rules_text().replace("version: 2", "version: 1")
    for line in ("scope: round", "equal: same", "excluded_count: false", "true_value: computed"):
        old = old.replace(f"  {line}\n", "")
    assert rules(old) == rules()


@pytest.mark.parametrize("line", ["scope: round", "equal: same", "excluded_count: false"])
def test_what_real_rules_leave_open_must_be_said(line: str) -> None:
    """Version 2 has no default for it."""
    assert refused(f"  {line}\n", "").startswith("prediction.")


def test_hours_cut_windows_into_days() -> None:
    """7:30 to 17:30 from Monday to Friday, as some contests are open."""
    hours = Hours(opens="07:30", closes="17:30", days=WEEKDAYS[:5])
    spans = hours.within(OPENS, OPENS + 7 * DAY)  # Monday 8:00 to Monday 8:00
    assert spans[0] == (OPENS, OPENS - 30 * MINUTE + 10 * HOUR)
    assert spans[-1] == (OPENS + 7 * DAY - 30 * MINUTE, OPENS + 7 * DAY)
    assert len(spans) == 6


def test_a_paper_has_one_kind_of_time() -> None:
    """Minutes for the whole, or seconds for each question."""
    per_question = rules(rules_text().replace("minutes: 20", "seconds_per_question: 30"))
    assert per_question.paper.duration_ms == 6 * 30_000
    assert refused("  minutes: 20\n", "") == "paper"
    assert refused("  minutes: 20", "  minutes: 20\n  seconds_per_question: 9") == "paper"


def test_a_prediction_names_its_round() -> None:
    """One text serves every week."""
    rule = rules(rules_text().replace("Có bao nhiêu người dự thi?", "Bao nhiêu, {ky}?")).prediction
    assert rule is not None
    assert rule.asked("Tuần 3") == ("Bao nhiêu, Tuần 3?", "Chỉ gõ chữ số.")
