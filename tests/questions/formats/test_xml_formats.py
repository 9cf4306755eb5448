"""Moodle XML, QTI 1.2 and 2.1: what is read of them, what is refused by name."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest

from tests.questions.formats.files import codes, doubts, keys, png, read


def moodle(folder, kind, inside, stem="Hỏi?"):
    """Read a Moodle file with one question."""
    text = (
        f'<quiz><question type="{kind}"><questiontext format="html"><text><![CDATA[{stem}]]></text>'
        f"</questiontext>{inside}</question></quiz>"
    )
    reading = read(folder, "x.xml", text)
    return reading, reading.drafts[0].data


def answers(*pairs):
    """Return answers with their shares."""
    return "".join(
        f'<answer fraction="{share}"><text>{text}</text></answer>' for text, share in pairs
    )


@pytest.mark.parametrize(
    ("kind", "inside", "expected"),
    [
        ("multichoice", "<single>true</single>" + answers(("a", 0), ("b", 100)),
         {"type": "single", "key": "b"}),
        ("multichoice", "<single>false</single>" + answers(("a", 50), ("b", 50), ("c", -50)),
         {"type": "multiple", "scoring": "moodle", "weights": {"a": "50", "b": "50", "c": "-50"}}),
        ("multichoiceset", answers(("a", 100), ("b", 100), ("c", 0)), {"key": ["a", "b"]}),
        ("truefalse", answers(("true", 0), ("false", 100)), {"key": False}),
        ("shortanswer", answers(("HN", 100), ("Hue", 50)), {"accepted": ["HN"]}),
        ("numerical",
         '<answer fraction="100"><text>8</text><tolerance>0.5</tolerance></answer>'
         "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>",
         {"key": "8", "tolerance": "0.5", "unit": "km"}),
        ("matching",
         "<subquestion><text>a</text><answer><text>1</text></answer></subquestion>"
         "<subquestion><text>b</text><answer><text>2</text></answer></subquestion>"
         "<subquestion><text></text><answer><text>3</text></answer></subquestion>",
         {"key": {"a": "a", "b": "b"}}),
        ("ordering", answers(("hai", 2), ("một", 1), ("ba", 3)), {"key": ["a", "b", "c"]}),
        ("essay", "<graderinfo><text><![CDATA[<p>Nêu đủ | 2</p><p>Rõ | 1,5</p>]]></text>"
         "</graderinfo><minwordlimit>50</minwordlimit>",
         {"rubric": [{"id": "a", "text": "Nêu đủ", "points": "2"},
                     {"id": "b", "text": "Rõ", "points": "1.5"}], "min_words": 50}),
    ],
    ids=["single", "weights", "set", "truefalse", "short", "numeric", "match", "order", "essay"],
)  # fmt: skip
def test_moodle_types(tmp_path, kind, inside, expected):
    """All types of the bank have one."""
    reading, data = moodle(tmp_path, kind, inside)
    assert codes(reading) == []
    assert {key: data.get(key) for key in expected} == expected


def test_moodle_cloze(tmp_path):
    """Typed gaps and chosen ones; what stands before them is the instruction."""
    stem = (
        "<p>Điền:</p><p>Họp ở {1:SHORTANSWER:=Hà Nội~%100%HN#tốt} năm "
        "{2:MULTICHOICE:2021~=2026#a}, {1:NM:=5:0} ngày</p>"
    )
    reading, data = moodle(tmp_path, "cloze", "", stem)
    assert codes(reading) == []
    assert (data["stem"], data["text"]) == ("Điền:", "Họp ở {{g1}} năm {{g2}}, {{g3}} ngày")
    assert data["gaps"] == [
        {"id": "g1", "accepted": ["Hà Nội", "HN"]},
        {"id": "g2", "options": [{"id": "a", "text": "2021"}, {"id": "b", "text": "2026"}],
         "key": "b"},
        {"id": "g3", "accepted": ["5"]},
    ]  # fmt: skip


def test_signs_in_a_gap_of_moodle_mean_what_moodle_says(tmp_path):
    """Escaped ones are text; a gap in bold type, and one with an entity, are gaps."""
    stem = r"<p>Tập <b>{1:SA:={1; 2\}~=a\~b\\~=c\#d}</b> và {1:MC:x &lt; 1~%0%=y~=z\}#tốt}</p>"
    reading, data = moodle(tmp_path, "cloze", "", stem)
    assert (codes(reading), data["text"]) == ([], "Tập **{{g1}}** và {{g2}}")
    typed, chosen = data["gaps"]
    assert typed["accepted"] == ["{1; 2}", "a~b\\", "c#d"]
    assert [own["text"] for own in chosen["options"]] == ["x < 1", "=y", "z}"]
    assert chosen["key"] == "c"


@pytest.mark.parametrize(
    ("kind", "inside", "stem", "code"),
    [
        ("cloze", "", "<p>{1:SA:=<script>x</script>}</p>", "draft.active"),
        ("ddwtos", "", "Hỏi?", "draft.unknown_type"),
        ("multichoice", "<single>true</single>" + answers(("a", 100), ("b", 100)), "Hỏi?",
         "draft.not_one_right"),
        ("multichoice", "<single>true</single>" + answers(("a", 100), ("b", 0)),
         "<script>x</script>", "draft.active"),
        ("multichoice", "<single>true</single>" + answers(("a", 100), ("b", 0)),
         '<img src="@@PLUGINFILE@@/x.png" alt="x">', "draft.no_picture"),
        ("essay", "", "Hỏi?", "draft.no_rubric"),
        ("cloze", "", "Không có gì", "draft.no_gaps"),
        ("cloze", "", "{1:REGEXP:=a}", "draft.gap_kind"),
        ("shortanswer", answers(("a", 0)), "Hỏi?", "draft.no_key"),
        ("numerical", answers(("1", 100), ("2", 100)), "Hỏi?", "draft.many_numbers"),
    ],
)  # fmt: skip
def test_moodle_that_cannot_be_taken_over(tmp_path, kind, inside, stem, code):
    """Told with the number of the question."""
    assert (code, 1) in codes(moodle(tmp_path, kind, inside, stem)[0])


def test_moodle_brings_its_pictures(tmp_path):
    """Inside the file, in base 64."""
    data = base64.b64encode(png()).decode()
    text = (
        '<quiz><question type="truefalse"><questiontext format="html"><text>'
        "<![CDATA[Nhìn <img src='@@PLUGINFILE@@/b%C3%A0n.png' alt='Bàn'>]]></text>"
        f'<file name="bàn.png" encoding="base64">{data}</file></questiontext>'
        f"{answers(('true', 100), ('false', 0))}</question></quiz>"
    )
    reading = read(tmp_path, "x.xml", text)
    assert codes(reading) == []
    assert (reading.drafts[0].picture.alt, reading.drafts[0].picture.data) == ("Bàn", png())


def item21(body, declared="", *, after=""):
    """Return an item of QTI 2.1."""
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i">'
        f"{declared}<itemBody>{body}</itemBody>{after}</assessmentItem>"
    )


def declare(*values, base="identifier", cardinality="single", name="RESPONSE", mapped=""):
    """Return a response declaration."""
    shown = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{shown}</correctResponse>{mapped}</responseDeclaration>"
    )


CHOICE = (
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">'
    '<prompt>Ở đâu?</prompt><simpleChoice identifier="A">Huế</simpleChoice>'
    '<simpleChoice identifier="B" fixed="true">Hà <b>Nội</b></simpleChoice></choiceInteraction>'
)


def test_qti21_choice(tmp_path):
    """With a pinned option, and what stands before the prompt."""
    text = item21(f"<p>Đọc kỹ.</p>{CHOICE}", declare("B"))
    reading = read(tmp_path, "x.xml", text)
    data = reading.drafts[0].data
    assert codes(reading) == []
    assert (data["stem"], data["key"]) == ("Đọc kỹ.\n\nỞ đâu?", "b")
    assert data["options"][1] == {"id": "b", "text": "Hà **Nội**", "pinned": True}


@pytest.mark.parametrize(
    ("body", "declared", "expected"),
    [
        (CHOICE, declare("A", "B", cardinality="multiple"), {"key": ["a", "b"]}),
        ('<p>Mấy? <textEntryInteraction responseIdentifier="RESPONSE"/></p>',
         declare("29", base="integer"), {"type": "numeric", "key": "29", "stem": "Mấy?"}),
        ('<p>Ở <textEntryInteraction responseIdentifier="RESPONSE"/> đó</p>',
         declare("HN", base="string"), {"accepted": ["HN"], "stem": "Ở _____ đó"}),
        ('<orderInteraction responseIdentifier="RESPONSE" shuffle="true"><prompt>Xếp</prompt>'
         '<simpleChoice identifier="A">a</simpleChoice>'
         '<simpleChoice identifier="B">b</simpleChoice>'
         '<simpleChoice identifier="C">c</simpleChoice></orderInteraction>',
         declare("B", "A", "C", cardinality="ordered"), {"key": ["b", "a", "c"]}),
        ('<p>Ở <inlineChoiceInteraction responseIdentifier="RESPONSE"><inlineChoice identifier="A">'
         'x</inlineChoice><inlineChoice identifier="B">y</inlineChoice></inlineChoiceInteraction>'
         "</p>", declare("B"), {"type": "cloze", "text": "Ở {{g1}}"}),
    ],
    ids=["multiple", "number", "text", "order", "inline"],
)  # fmt: skip
def test_qti21_interactions(tmp_path, body, declared, expected):
    """The declared subset."""
    data = read(tmp_path, "x.xml", item21(body, declared)).drafts[0].data
    assert {key: data.get(key) for key in expected} == expected


@pytest.mark.parametrize("name", ["hotspotInteraction", "sliderInteraction", "uploadInteraction"])
def test_other_interactions_are_refused_by_name(tmp_path, name):
    """Not read as something that they resemble."""
    text = item21(f'<p>Hỏi</p><{name} responseIdentifier="RESPONSE"/>', declare("1"))
    reading = read(tmp_path, "x.xml", text)
    assert next(code for code, _ in codes(reading)) == "qti.interaction"
    assert name in str(reading.errors)


def test_qti_package_has_its_order_and_pictures_from_the_manifest(tmp_path):
    """And a picture that isn't in it is told."""
    image = '<p><img src="../anh/{}.png" alt="Hình"/></p>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(
            "imsmanifest.xml",
            '<manifest><resources><resource><file href="i/b.xml"/>'
            '</resource><resource><file href="i/a.xml"/></resource></resources></manifest>',
        )
        made.writestr("i/a.xml", item21(image.format("x") + CHOICE, declare("A")))
        made.writestr("i/b.xml", item21(image.format("khong") + CHOICE, declare("B")))
        made.writestr("anh/x.png", png())
    reading = read(tmp_path, "x.zip", out.getvalue())
    assert keys(reading) == ["b", "a"]
    assert codes(reading) == [("draft.no_picture", 1)]
    assert reading.drafts[1].picture.data == png()


def item12(response, condition, *, meta=""):
    """Return a QTI 1.2 file with one item."""
    field = (
        f"<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{meta}</fieldentry>"
        "</qtimetadatafield>"
    )
    return (
        f"<questestinterop><item ident='i'><itemmetadata><qtimetadata>{field}</qtimetadata>"
        "</itemmetadata><presentation><material><mattext texttype='text/html'>&lt;p&gt;Hỏi [x]?"
        f"&lt;/p&gt;</mattext></material>{response}</presentation><resprocessing>{condition}"
        "</resprocessing></item></questestinterop>"
    )


def lid(name, *labels, cardinality="Single", shown=""):
    """Return a list of labels."""
    inside = "".join(
        f"<response_label ident='{label}'><material><mattext>nhãn {label}</mattext></material>"
        "</response_label>"
        for label in labels
    )
    head = f"<material><mattext>{shown}</mattext></material>" if shown else ""
    return (
        f"<response_lid ident='{name}' rcardinality='{cardinality}'>{head}"
        f"<render_choice>{inside}</render_choice></response_lid>"
    )


def when(inside, score=100):
    """Return a condition that earns a score."""
    return (
        f"<respcondition><conditionvar>{inside}</conditionvar>"
        f"<setvar varname='SCORE'>{score}</setvar></respcondition>"
    )


def equal(value, name="r"):
    """Return what compares a response."""
    return f"<varequal respident='{name}'>{value}</varequal>"


TYPED = "<response_str ident='r'><render_fib {}/></response_str>"


@pytest.mark.parametrize(
    ("response", "condition", "expected"),
    [
        (lid("r", "1", "2"), when(equal("2")), {"type": "single", "key": "b"}),
        (lid("r", "1", "2", "3", cardinality="Multiple"),
         when(f"<and>{equal('1')}{equal('3')}<not>{equal('2')}</not></and>"),
         {"type": "multiple", "key": ["a", "c"]}),
        (TYPED.format(""), when(equal("HN") + equal("Hà Nội")), {"accepted": ["HN", "Hà Nội"]}),
        (TYPED.format("fibtype='Decimal'"),
         when("<or><varequal respident='r'>77</varequal><and><vargte respident='r'>70</vargte>"
              "<varlte respident='r'>84</varlte></and></or>"), {"key": "77", "tolerance": "7"}),
        (lid("r1", "1", "2", shown="Lào") + lid("r2", "1", "2", shown="Nga"),
         when(equal("2", "r1"), 50) + when(equal("1", "r2"), 50),
         {"type": "matching", "key": {"a": "b", "b": "a"}}),
        (lid("r1", "1", "2", shown="x") , when(equal("1", "r1")), {"type": "single"}),
    ],
    ids=["single", "multiple", "short", "number", "match", "one list"],
)  # fmt: skip
def test_qti12_items(tmp_path, response, condition, expected):
    """The declared subset."""
    reading = read(tmp_path, "x.xml", item12(response, condition))
    assert codes(reading) == []
    data = reading.drafts[0].data
    assert {key: data.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("response", "condition", "code"),
    [
        (lid("r", "1", "2"), "", "draft.no_key"),
        (lid("r", "1", "2"), when(equal("9")), "draft.key_not_option"),
        (lid("r", "1", "2"), when(equal("1")) + when(equal("2")), "draft.not_one_right"),
        (lid("a", "1", cardinality="Multiple") + lid("b", "1"), "", "qti.interaction"),
        ("<response_xy ident='r'/>", "", "qti.interaction"),
        (lid("r1", "1", "2", shown="Lào") + lid("r2", "1", "2", shown="Nga"),
         when(equal("2", "r1")), "qti.match"),
        (TYPED.format(""), when("<vargte respident='r'>7</vargte>"), "qti.range"),
    ],
)  # fmt: skip
def test_qti12_that_cannot_be_taken_over(tmp_path, response, condition, code):
    """Told with the number of the item."""
    assert (code, 1) in codes(read(tmp_path, "x.xml", item12(response, condition)))


def test_partial_marks_are_told_as_lost(tmp_path):
    """The option that earns most is the key."""
    text = item12(lid("r", "1", "2"), when(equal("1"), 10) + when(equal("2"), 5))
    reading = read(tmp_path, "x.xml", text)
    assert (keys(reading), doubts(reading)) == (["a"], [("draft.partial", 0)])
