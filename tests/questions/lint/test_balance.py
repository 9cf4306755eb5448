"""What is weak in a bank as a whole."""

from __future__ import annotations

from tests.questions.lint.build import advice, codes, question, single, true_false

LETTERS = ("An", "Bình", "Cao", "Dương", "Hà", "Giang", "Khê", "Lộc", "Mỹ", "Nam")


def singles(count: int, key: object) -> list[object]:
    """Return single choices about places; `key(i)` says where the right option stands."""
    return [
        single(
            f"Xã số {i} họp ở nơi nào?", [f"Nhà {letter}" for letter in "ABCD"],
            key=key(i), id_=f"c-{i}", level=("recall", "understand", "apply")[i % 3],
        )
        for i in range(count)
    ]  # fmt: skip


def found(code: str, *questions: object) -> list[str]:
    """Return the messages of one code."""
    return [one.message for one in advice(*questions) if one.code == f"lint.{code}"]


def test_keys_at_one_place_are_told_with_their_test() -> None:
    """Chi-square for many, the exact binomial for few."""
    (many,) = found("key_position", *singles(60, lambda i: 1 if i % 2 else i % 4))
    assert "khi bình phương" in many
    assert "vị trí 2" in many
    few = [
        single(f"Xã {i} họp ở đâu?", [f"Nhà {letter}" for letter in "ABCDEFGH"], 0, f"c-{i}")
        for i in range(24)
    ]
    (message,) = found("key_position", *few)
    assert "nhị thức" in message


def test_keys_that_are_spread_are_left_alone() -> None:
    """Also where a bank is too small to tell."""
    assert found("key_position", *singles(60, lambda i: i % 4)) == []
    assert found("key_position", *singles(12, lambda _: 0)) == []


def test_statements_that_are_mostly_true_are_told() -> None:
    """Guessing one way would pay."""
    assert found("true_share", *[true_false(f"Xã {i} họp.", i > 2, f"c-{i}") for i in range(24)])
    assert not found(
        "true_share", *[true_false(f"Xã {i} họp.", i % 2 == 0, f"c-{i}") for i in range(24)]
    )


def test_a_habit_of_long_keys_is_told() -> None:
    """Even where each alone is not much longer."""
    habit = [
        single(
            f"Xã {i} họp ở đâu?", ["Nhà văn hóa xã", "Nhà xã", "Nhà thôn", "Nhà bản"], 0, f"c-{i}"
        )
        for i in range(24)
    ]
    assert found("longest_key", *habit)
    spread = [
        single(
            f"Xã {i} họp ở đâu?",
            ["Nhà văn hóa xã", "Nhà xã", "Nhà thôn", "Nhà bản"],
            i % 4,
            f"c-{i}",
        )
        for i in range(24)
    ]
    assert not found("longest_key", *spread)


def test_missing_levels_are_told() -> None:
    """A bank without, and a topic of one level only."""
    one_level = [true_false(f"Xã {i} họp.", i % 2 == 0, f"c-{i}") for i in range(24)]
    assert len(found("level_missing", *one_level)) == 2
    assert len(found("one_level", *one_level)) == 1
    assert not found("level_missing", *singles(24, lambda i: i % 4))


def test_questions_without_tags_are_told_where_most_have_some() -> None:
    """Where nobody uses tags nothing is missing."""
    tagged = [true_false(f"Xã {i} họp.", True, f"c-{i}", tags=["xa"]) for i in range(3)]
    bare = true_false("Thôn họp.", True, "c-9")
    assert len(found("tags_missing", *tagged, bare)) == 1
    assert not found("tags_missing", tagged[0], bare, true_false("Bản họp.", True, "c-8"))


def test_too_many_questions_for_a_number_of_the_list_are_told() -> None:
    """From a tenth on."""
    ask = [
        single(f"Nghị quyết {i} có bao nhiêu quan điểm?", ["5", "6", "7"], i % 3, f"n-{i}")
        for i in range(4)
    ]
    assert found("count_only", *singles(20, lambda i: i % 4), *ask)
    assert not found("count_only", *singles(40, lambda i: i % 4), ask[0])


def test_a_value_that_is_asked_three_times_is_told() -> None:
    """Twice is allowed."""
    stems = ("Đơn vị có mấy người?", "Quân số là bao nhiêu?", "Số biên chế năm ấy là bao nhiêu?")
    asked = [
        question(f"c-{i}", type="numeric", stem=stem, key="120") for i, stem in enumerate(stems)
    ]
    assert codes(*asked[:2]) == []
    assert codes(*asked) == ["asked_often"]
