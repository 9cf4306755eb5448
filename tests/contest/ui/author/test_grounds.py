"""Facts, sources, topics and pictures in the notebook; widgets without a browser."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from contest.clock import ManualClock
from contest.ui.author import AuthorPage
from contest.ui.author.ground_fields import GROUND_FIELDS, ground_data, ground_values
from contest.ui.author.messages import TEXTS, text
from questions.dump import entry_data
from questions.editing import Ground
from questions.load import BANKS, load_bank
from questions.model import Fact, Source
from tests.contest.ui.author.helpers import entry, said
from tests.contest.ui.pressing import all_widgets, press
from tests.factories import OPENS
from tests.pictures import picture
from tests.questions.conftest import FILES, BankFolder

MODELS = {"fact": Fact, "source": Source}


def ground(page: AuthorPage, id_: str) -> Ground:
    """Return the fact or source with an id."""
    entries = (*page.bank.facts.entries, *page.bank.sources.entries)
    return next(one for one in entries if one.id == id_)


def ground_field(page: AuthorPage, label: str) -> Any:
    """Return the field of the open fact or source with a label."""
    (found,) = [
        one
        for one in all_widgets(page._grounds._place)
        if getattr(one, "description", "") == label and hasattr(one, "value")
    ]
    return found


def choose(page: AuthorPage, name: str, data: bytes) -> None:
    """Choose a picture, as a browser would."""
    changed = datetime.datetime(2026, 3, 15, tzinfo=datetime.UTC)
    page.editor._picture.file.value = (
        {"name": name, "type": "", "size": len(data), "content": data, "last_modified": changed},
    )


def test_every_key_of_a_model_has_a_field() -> None:
    """A new key of a fact or source is missed here."""
    for kind, model in MODELS.items():
        shown = {one.key for one in GROUND_FIELDS[kind]}
        if kind == "fact":
            shown = (shown - {"citations"}) | {"cites", "further"}
        assert {one.alias or key for key, one in model.model_fields.items()} == shown
        for one in GROUND_FIELDS[kind]:
            assert f"field.{one.key}" in TEXTS
            assert all(f"{one.key}.{choice}" in TEXTS for choice in one.choices if choice)
            for column in one.columns:
                assert f"column.{column.key}" in TEXTS
                assert all(f"{column.key}.{choice}" in TEXTS for choice in column.choices)


def test_a_form_gives_back_what_it_shows() -> None:
    """Every fact and source of the built-in bank survives the form as it is."""
    bank = load_bank(BANKS / "dai_hoi_xiv")
    for kind, listed in (("fact", bank.facts), ("source", bank.sources)):
        for one in listed:
            before = entry_data(one)
            after = ground_data(kind, ground_values(kind, before))
            assert MODELS[kind].model_validate(after) == one


@pytest.mark.parametrize("kind", list(GROUND_FIELDS))
def test_what_is_wrong_can_be_shown(kind: str) -> None:
    """Values that no model takes neither fail nor get lost where the field can hold them."""
    spoilt = {
        "id": 7, "statement": ["x"], "title": None, "values": "x", "cites": "nguon",
        "further": [None, {"source": "b"}], "item": "hai", "status": "lạ",
    }  # fmt: skip
    values = ground_values(kind, spoilt)
    assert values["id"] == "7"
    assert ground_data(kind, values)["status"] == "lạ"


def test_a_changed_fact_names_the_questions_that_rest_on_it(
    page: AuthorPage, folder: BankFolder
) -> None:
    """They are drafts again; undoing it gives the review back."""
    page._approval.which.value = "shown"
    page._approval.by.value = "Tổ nội dung"
    press(page.approval(), text("approve.button"))
    cell = page.grounds()
    page._grounds.show(ground(page, "f.1"))
    page.open(entry(page, "c-1"))
    ground_field(page, text("field.statement")).value = "Đơn vị mẫu có 12 người <b>."
    assert text("ground.resting", n=3) in page._grounds._resting.value
    assert "c-1, c-2, r-1" in page._grounds._resting.value
    assert {page.bank.status(one) for one in page.bank.entries} == {"draft"}
    assert "bản nháp" in page.editor._title.value
    assert "&lt;b&gt;" in page._grounds._diff.value
    press(cell, text("ground.undo"))
    assert {page.bank.status(one) for one in page.bank.entries} == {"approved"}
    assert page.unsaved() == ""
    assert folder.read("facts.yml") == FILES["facts.yml"]


def test_a_new_fact_is_added_from_the_form(page: AuthorPage, folder: BankFolder) -> None:
    """What it still lacks is told; numbers may be typed with a comma."""
    cell = page.grounds()
    press(cell, text("ground.add"))
    assert text("edit.problems", n=3)[:10] in page._grounds._notes.value
    ground_field(page, text("field.statement")).value = "Đơn vị mẫu rộng khoảng 3,5 ha."
    ground_field(page, text("field.status")).value = "one_source"
    form = page._grounds._forms["fact"]
    form.load(
        {
            **form.values,
            "values": [
                {"type": "number", "value": "3,5", "to": "", "unit": "ha", "bound": "about"}
            ],
            "citations": [{"source": "nguon", "cited": "trang 2"}],
        }
    )
    page._grounds._edited()
    assert text("edit.fine") in page._grounds._notes.value
    assert page._grounds.ground is not None
    id_ = page._grounds.ground.id
    assert any(label.startswith(f"* {id_}: ") for label, _ in page._grounds.list.options)
    press(page.questions(), text("save"))
    assert "facts.yml" in said(page)
    fact = load_bank(folder.path).fact_by_id[id_]
    assert str(getattr(fact.values[0], "value", "")) == "3.5"
    assert fact.cites.place == "trang 2"


def test_a_new_source_goes_again_with_undo(page: AuthorPage, folder: BankFolder) -> None:
    """Nothing was saved of it, so there is nothing to come back to."""
    page._grounds.kind.value = "source"
    before = len(page.bank.sources.entries)
    press(page.grounds(), text("ground.add"))
    assert len(page.bank.sources.entries) == before + 1
    press(page.grounds(), text("ground.undo"))
    assert len(page.bank.sources.entries) == before
    assert page._grounds.ground is None
    assert page.unsaved() == ""
    assert folder.read("sources.yml") == FILES["sources.yml"]


def test_a_source_that_is_cited_cannot_go(page: AuthorPage, folder: BankFolder) -> None:
    """Saving says where it is cited, and writes nothing."""
    page._grounds.kind.value = "source"
    page._grounds.show(ground(page, "nguon"))
    press(page.grounds(), text("ground.remove"))
    assert text("ground.removed") in page._grounds._notes.value
    page.save()
    assert "<li>" in said(page)
    assert folder.read("sources.yml") == FILES["sources.yml"]


def test_the_list_is_narrowed_without_diacritics() -> None:
    """Picking a line opens it."""
    page = AuthorPage(BANKS / "dai_hoi_xiv", ManualClock(OPENS))
    grounds = page._grounds
    grounds.words.value = "khong co tu nay dau"
    assert grounds.list.options == ()
    grounds.words.value = "dot pha"
    assert 0 < len(grounds.list.options) < len(page.bank.facts.entries)
    grounds.list.value = 0
    assert grounds.ground is not None
    assert grounds.ground.id in grounds.list.options[0][0]
    assert page.unsaved() == ""


def test_a_question_moves_to_another_topic(page: AuthorPage, folder: BankFolder) -> None:
    """It stays open, and both files are written with the next saving."""
    page.open(entry(page, "c-2"))
    page.editor._topic.value = "rieng"
    press(page.editor.box, text("edit.move"))
    assert page.editor.entry is not None
    assert (page.editor.entry.id, page.editor.entry.topic) == ("c-2", "rieng")
    page.save()
    bank = load_bank(folder.path)
    assert next(one for one in bank.questions if one.id == "c-2").topic == "rieng"
    assert "c-2" not in folder.read("chung.yml")


def test_a_moved_question_comes_back_with_undo(page: AuthorPage) -> None:
    """As if nothing had happened."""
    page.open(entry(page, "c-2"))
    page.editor._topic.value = "rieng"
    press(page.editor.box, text("edit.move"))
    press(page.editor.box, text("edit.undo"))
    assert page.editor.entry is not None
    assert page.editor.entry.topic == "chung"
    assert page.unsaved() == ""


def test_a_picture_needs_its_words(page: AuthorPage, folder: BankFolder) -> None:
    """Nothing is copied before."""
    page.open(entry(page, "c-1"))
    press(page.editor.box, text("picture.add"))
    assert text("picture.no_file") in page.editor._picture.said.value
    choose(page, "ban-do.png", picture())
    press(page.editor.box, text("picture.add"))
    assert text("picture.no_alt") in page.editor._picture.said.value
    assert not (folder.path / "anh").exists()


def test_a_picture_is_copied_and_saved_with_the_question(
    page: AuthorPage, folder: BankFolder
) -> None:
    """Under a name that banks take, whatever it was called."""
    page.open(entry(page, "c-1"))
    data = picture()
    choose(page, "C:\\Ảnh\\Bản đồ 1.PNG", data)
    page.editor._picture.alt.value = " Bản đồ "
    press(page.editor.box, text("picture.add"))
    (copied,) = (folder.path / "anh").iterdir()
    assert copied.read_bytes() == data
    assert page.editor.entry is not None
    assert page.editor.entry.data["image"] == {"file": copied.name, "alt": "Bản đồ"}
    page.save()
    assert "Đã lưu 1 mục" in said(page)
    (kept,) = load_bank(folder.path).pictures
    assert kept.file == copied.name


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", b"<svg><script>x</script></svg>"),
        ("a.png", b"<script>"),
        ("a.jpg", picture()),
        ("../../a.gif", picture("GIF")),
    ],
)
def test_what_is_no_picture_is_refused(
    page: AuthorPage, folder: BankFolder, name: str, data: bytes
) -> None:
    """With the reason and how to mend it; nothing is copied, the question stays as it was."""
    page.open(entry(page, "c-1"))
    choose(page, name, data)
    page.editor._picture.alt.value = "Ảnh"
    press(page.editor.box, text("picture.add"))
    assert text("picture.done", ten="")[:10] not in page.editor._picture.said.value
    assert "<script" not in page.editor._picture.said.value
    assert not list(Path(folder.path).rglob("*.png"))
    assert page.bank.changed == []


def test_a_picture_replaces_no_other_of_that_name(page: AuthorPage, folder: BankFolder) -> None:
    """It may be another question's."""
    (folder.path / "anh").mkdir()
    (folder.path / "anh" / "a.png").write_bytes(picture(size=(9, 9)))
    page.open(entry(page, "c-1"))
    choose(page, "a.png", picture())
    page.editor._picture.alt.value = "Ảnh"
    press(page.editor.box, text("picture.add"))
    assert text("picture.taken", ten="a.png") in page.editor._picture.said.value
    assert (folder.path / "anh" / "a.png").read_bytes() == picture(size=(9, 9))
