"""The tables that grading gives, column by column, in the order in which files have them.

Columns are only added at the right.
"""

from __future__ import annotations

from grading.frames import Column, Contract

PEOPLE_RESULTS: Contract = {
    "rank": Column("Int64", True, "1 = first in round and group; null: not ranked"),
    "contestant_id": Column("string", False, "pseudonym"),
    "name": Column("string", True, "null once erased"),
    "unit_id": Column("string", False, "of the attempt"),
    "unit": Column("string", False, "its name"),
    "parent_unit": Column("string", True, "name of the unit above; null at level 1"),
    "group": Column("string", False, "of the attempt"),
    "attempt_id": Column("string", False, "the counted attempt, or the one shown instead"),
    "score": Column("Int64", True, "null: not settled", "micro"),
    "max_score": Column("int64", False, "of the paper", "micro"),
    "correct": Column("Int64", True, "questions with full marks; null: unfinished"),
    "questions": Column("int64", False, "of the paper"),
    "duration_ms": Column("Int64", True, "null: unfinished", "ms"),
    "submitted_at": Column("Int64", True, "null: unfinished", "time"),
    "prediction": Column("object", True, "null: none made", "decimal"),
    "prediction_error": Column("object", True, "distance from the true value", "decimal"),
    "prize": Column("string", True, "prize ids, joined by ;; null: none"),
    "decided_by": Column("string", True, "first key that differs from the row above, or tie"),
    "status": Column(
        "string", False, "ranked, not_counted, excluded, unfinished, needs_marker, invalid"
    ),
    "round": Column("string", False, "round id"),
    "started_at": Column("Int64", True, "when the paper was opened; null: not known", "time"),
    "registered_at": Column("Int64", True, "first log-in; null: not handed over", "time"),
    "ranked_ms": Column("Int64", True, "duration as the rules count it; null: unfinished", "ms"),
    "attempts": Column("int64", False, "ended attempts that aren't excluded"),
    "maximum_papers": Column("int64", False, "of those, with full marks"),
}
"""One row per round and person with an attempt, sorted by round, group, rank, contestant_id."""

BOARD_RESULTS: Contract = {
    "board": Column("string", False, "board id"),
    "group": Column("string", False, "of the person's last round"),
    "rank": Column("Int64", True, "1 = first on the board, and in the group where apart"),
    "contestant_id": Column("string", False, "pseudonym"),
    "name": Column("string", True, "null once erased"),
    "unit_id": Column("string", False, "of the person's last round"),
    "unit": Column("string", False, "its name"),
    "parent_unit": Column("string", True, "name of the unit above; null at level 1"),
    "score": Column("int64", False, "sum over the rounds", "micro"),
    "max_score": Column("int64", False, "of the papers", "micro"),
    "correct": Column("Int64", True, "questions with full marks; null: not known"),
    "questions": Column("int64", False, "of the papers"),
    "all_right": Column("int64", False, "rounds with every question right"),
    "ranked_ms": Column("Int64", True, "sum of the durations as the rules count them", "ms"),
    "prediction_error": Column("object", True, "sum; null: one is missing", "decimal"),
    "submitted_at": Column("Int64", True, "the latest; null: one isn't known", "time"),
    "started_at": Column("Int64", True, "the latest; null: one isn't known", "time"),
    "registered_at": Column("Int64", True, "the latest; null: not handed over", "time"),
    "attempts": Column("int64", False, "ended attempts that aren't excluded, in these rounds"),
    "maximum_papers": Column("int64", False, "of those, with full marks"),
    "rounds": Column("int64", False, "rounds in which the person is ranked"),
    "prize": Column("string", True, "prize ids, joined by ;; null: none"),
    "decided_by": Column("string", True, "first key that differs from the row above, or tie"),
    "status": Column("string", False, "ranked, or not_counted: a round is missing"),
}
"""One row per board and person ranked in one of its rounds, sorted by board, group (where ranked
apart), rank, contestant_id."""

WON: Contract = {
    "contestant_id": Column("string", False, "pseudonym"),
    "unit_id": Column("string", False, "of the person"),
    "points": Column("int64", False, "for the unit", "micro"),
    "highest": Column("bool", False, "the highest prize of its ranking"),
}
"""One row per prize that a person won, as units take it."""

PRIZE_RESULTS: Contract = {
    "ranking": Column("string", False, "round or board id"),
    "number": Column("int64", False, "1, 2 … within the ranking, people first"),
    "group": Column("string", True, "of the person; null: a unit"),
    "block": Column("string", True, "of the unit; null: a person, or one block for all"),
    "level": Column("Int64", True, "of the unit; null: a person"),
    "prize": Column("string", True, "prize id; null: passed over"),
    "title": Column("string", True, "of the prize"),
    "contestant_id": Column("string", True, "null: a unit"),
    "unit_id": Column("string", False, "of the person, or the unit"),
    "rank": Column("int64", False, "in the ranking that the prizes went by"),
    "value": Column("Int64", True, "money; null: not stated, or passed over"),
    "points": Column("Int64", True, "for the person's unit; null: a unit, or passed over", "micro"),
    "status": Column("string", False, "won or passed_over"),
    "reason": Column("string", True, "why somebody ahead of a winner has none, in words"),
}
"""One row per prize won, and per person or unit passed over: who would have had a prize by the
rank alone. Sorted by ranking and number."""

UNIT_RESULTS: Contract = {
    "rank": Column("Int64", True, "1 = first in round, block and level; null: not ranked"),
    "block": Column("string", True, "null: one block for all"),
    "unit_id": Column("string", False, "as in UNITS"),
    "unit": Column("string", False, "name"),
    "headcount": Column("Int64", True, "persons; null: not given"),
    "people": Column("int64", False, "persons with an ended attempt that isn't excluded"),
    "attempts": Column("int64", False, "ended attempts that aren't excluded"),
    "share": Column("object", True, "people / headcount; null without headcount", "fraction"),
    "mean_score": Column("object", True, "points, over ranked attempts; null: none", "fraction"),
    "winners": Column("Int64", True, "persons with a prize; null: no prizes"),
    "points": Column("Int64", True, "for prizes; null: no prizes", "micro"),
    "decided_by": Column(
        "string", True, "measure, where it differs from the row above of its level and block; tie"
    ),
    "round": Column("string", False, "round id"),
    "level": Column("int64", False, "1 = top"),
    "parent_unit_id": Column("string", True, "null at level 1"),
    "total_score": Column("int64", False, "sum over ranked attempts", "micro"),
    "first_prizes": Column("Int64", True, "persons with a highest prize; null: no prizes"),
    "value": Column("object", True, "what the rank goes by, where it is one number", "fraction"),
    "prize": Column("string", True, "prize ids, joined by ;; null: none"),
    "flag": Column("string", True, "what is doubtful, or why it isn't ranked, in words"),
}
"""One row per round and unit, sorted by round, block, rank, level, unit_id."""

BOARD_UNIT_RESULTS: Contract = {
    ("board" if name == "round" else name): (
        Column("string", False, "board id") if name == "round" else spec
    )
    for name, spec in UNIT_RESULTS.items()
}
"""The same over the rounds of a board; one row per board and unit."""

ATTEMPT_RESULTS: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "contestant_id": Column("string", False, "pseudonym"),
    "unit_id": Column("string", False, "as in ATTEMPTS"),
    "attempt_id": Column("string", False, "unique"),
    "number": Column("int64", False, "1, 2 … within round and person"),
    "status": Column("string", False, "submitted, expired, unfinished or excluded"),
    "counted": Column("bool", False, "the person's counted attempt"),
    "score": Column("Int64", True, "null: not settled", "micro"),
    "correct": Column("Int64", True, "questions with full marks; null: unfinished"),
    "started_at": Column("Int64", True, "when the paper was opened; null: not known", "time"),
    "submitted_at": Column(
        "Int64", True, "expired: the deadline; null: unfinished, or not known", "time"
    ),
    "duration_ms": Column("Int64", True, "null: unfinished", "ms"),
    "prediction": Column("object", True, "null: none made", "decimal"),
}
"""One row per attempt, sorted by round, group, contestant_id, number."""

ITEM_COUNTS: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "question_id": Column("string", False, "a question drawn at least once"),
    "topic": Column("string", False, "topic id"),
    "level": Column("string", False, "recall, understand or apply"),
    "type": Column("string", False, "question type"),
    "stem": Column("string", False, "text of the question"),
    "key": Column("string", False, "right answer as ids or accepted values, joined by ;"),
    "source": Column("string", True, "titles and numbers of its sources; null: none"),
    "drawn": Column("int64", False, "papers of ended attempts that aren't excluded"),
    "answered": Column("int64", False, "of those, with a response"),
    "correct": Column("int64", False, "of those, with full marks"),
    "facility": Column("object", True, "mean mark / full mark; null: none marked", "fraction"),
    "status": Column("string", False, "ok, accepted, void_full or void_out"),
    "key_text": Column("string", False, "right answer in words, joined by ; and a space"),
}
"""One row per round, group and question drawn there, sorted by these."""

ITEM_RESULTS: Contract = {
    **ITEM_COUNTS,
    "fixed": Column("bool", False, "stands in every analysed paper of the group"),
    "exposure": Column("object", False, "drawn / papers of the group", "fraction"),
    "analysed": Column("int64", False, "analysed papers it stands in: the columns behind use them"),
    "analysed_facility": Column("object", True, "facility over these; null: none", "fraction"),
    "sd": Column("float64", True, "deviation of the mark; null: below 2 papers", "points"),
    "effective_weight": Column(
        "float64", True, "share in the variance of scores; null: not fixed, or negcovar", "percent"
    ),
    "intended_weight": Column(
        "float64", True, "full mark / full score; null: full scores differ", "percent"
    ),
    "random_guess": Column("object", True, "expected by guessing; null: not defined", "fraction"),
    "discrimination_index": Column(
        "float64",
        True,
        "correlation with the other marks; null: one of them is constant",
        "percent",
    ),
    "discriminative_efficiency": Column(
        "float64", True, "covariance / largest possible; null as the index", "percent"
    ),
    "kelley_d": Column("float64", True, "facility of the upper 27 % less that of the lower 27 %"),
    "negcovar": Column("bool", False, "mark and score go against each other"),
    "median_ms": Column("Int64", True, "median time spent; null: no times", "ms"),
    "flags": Column("string", True, "codes of what should be looked at, joined by ;"),
    "notes": Column("string", True, "the same in words"),
}
"""ITEM_COUNTS and how well each question tells the strong from the weak."""

OPTION_RESULTS: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "question_id": Column("string", False, "a question answered by choosing options"),
    "option_id": Column("string", False, "one of its options"),
    "option": Column("string", False, "its text"),
    "key": Column("bool", False, "a right one"),
    "papers": Column("int64", False, "analysed papers with the question"),
    "chosen": Column("int64", False, "of those, with the option chosen"),
    "share": Column("object", True, "chosen / papers; null: no paper", "fraction"),
    "low": Column("int64", False, "chosen in the lower third by score"),
    "middle": Column("int64", False, "chosen in the middle third"),
    "high": Column("int64", False, "chosen in the upper third"),
    "low_share": Column("object", True, "low / papers of the lower third", "fraction"),
    "middle_share": Column("object", True, "middle / papers of the middle third", "fraction"),
    "high_share": Column("object", True, "high / papers of the upper third", "fraction"),
}
"""One row per round, group, question and option, in the order of the bank's options."""

TEST_RESULTS: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "draw": Column("string", False, "same (one paper for all), drawn, or mixed"),
    "papers": Column("int64", False, "analysed papers"),
    "questions": Column("Int64", True, "of a paper; null: papers differ"),
    "max_score": Column("Int64", True, "of a paper; null: papers differ", "micro"),
    "mean": Column("object", True, "points; null: no paper", "fraction"),
    "median": Column("object", True, "points; null: no paper", "fraction"),
    "sd": Column("float64", True, "null: below 2 papers", "points"),
    "skewness": Column("float64", True, "null: below 3 papers, or all scores equal"),
    "kurtosis": Column("float64", True, "excess; null: below 4 papers, or all scores equal"),
    "cic": Column("float64", True, "coefficient of internal consistency", "percent"),
    "alpha": Column("float64", True, "Cronbach's alpha: cic / 100"),
    "kr20": Column("float64", True, "null: a mark is neither nothing nor full, or marks differ"),
    "error_ratio": Column("float64", True, "null as cic", "percent"),
    "standard_error": Column("float64", True, "null as cic", "points"),
    "expected_mean": Column("float64", True, "of the papers' expected scores", "points"),
    "expected_sd": Column("float64", True, "null: below 2 papers", "points"),
    "expected_min": Column("float64", True, "the hardest paper", "points"),
    "expected_max": Column("float64", True, "the easiest paper", "points"),
    "expected_share": Column(
        "float64",
        True,
        "variance of expected scores / of scores; null: all scores equal",
        "percent",
    ),
    "notes": Column("string", True, "what should be looked at, in words"),
}
"""One row per round and group with an analysed paper, sorted by these."""

ADVICE_RESULTS: Contract = {
    "round": Column("string", False, "round id"),
    "number": Column("int64", False, "1, 2 … within the round"),
    "group": Column("string", False, "group id"),
    "kind": Column("string", False, "too_fast, same_name or alike"),
    "unit_id": Column("string", False, "of the first attempt"),
    "contestant_id": Column("string", False, "pseudonym"),
    "attempt_id": Column("string", False, "the attempt it is about"),
    "other_contestant_id": Column("string", True, "null: it is about one attempt"),
    "other_attempt_id": Column("string", True, "null: it is about one attempt"),
    "value": Column("float64", False, "seconds; persons of that name; equal wrong answers"),
    "expected": Column("float64", False, "what value is compared with"),
    "probability": Column("float64", True, "of such a value by chance; null: not computed"),
    "explanation": Column("string", False, "in words, without names"),
}
"""One row per thing that organisers may want to look at; nothing follows from it by itself."""

RULINGS: Contract = {
    "number": Column("int64", False, "1, 2 … in the order they were made, unique"),
    "round": Column("string", True, "round id; null: the whole contest"),
    "kind": Column("string", False, "what was decided"),
    "subject": Column("string", True, "attempt, person or question it is about"),
    "value": Column("string", True, "canonical JSON of what was set"),
    "reason": Column("string", False, "as written by the organisers"),
    "document": Column("string", True, "number of the document it rests on"),
    "actor": Column("string", False, "who ruled"),
    "ruled_at": Column("int64", False, "when", "time"),
}
"""One row per ruling, sorted by number."""

REMOVED: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "contestant_id": Column("string", False, "pseudonym"),
    "attempt_id": Column("string", False, "the excluded attempt, unique"),
    "number": Column("int64", False, "1, 2 … within round and person"),
    "reason": Column("string", False, "as written by the organisers"),
    "document": Column("string", True, "number of the document it rests on"),
    "actor": Column("string", False, "who ruled"),
    "ruled_at": Column("int64", False, "when", "time"),
    "ruling": Column("int64", False, "number of the ruling"),
}
"""One row per excluded attempt, sorted by round, group, contestant_id, number."""
