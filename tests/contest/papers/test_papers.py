"""Layout, marks, masks, templates: what an office checks before it signs."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from contest.cli import main
from contest.documents_rules import Documents
from contest.papers.blocks import Para
from contest.papers.catalogue import PAPERS
from contest.papers.context import make_context
from contest.papers.forms import FORMS
from contest.papers.pdf import pdf
from contest.papers.placeholders import SCHEMA, names
from contest.papers.result import read_result
from contest.papers.templates import builtin, check
from contest.papers.word import template
from contest.papers.write import Wanted, write_papers
from tests.contest.papers.conftest import Made
from tests.contest.papers.graded import HOSTILE, RULES, write_graded
from tests.contest.papers.reading import pages, sheets, squeezed, word_tables, word_text

every_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
DRAFT = "BẢN NHÁP – kết quả tạm thời"


def run(*arguments: object):
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def documents() -> Documents:
    """Return a section of rules in which everything is filled in."""
    return Documents.model_validate(
        {
            "form": "party",
            "superior": "Đảng ủy xã Mẫu",
            "body": "Ban Tổ chức Cuộc thi",
            "place": "Lạng Sơn",
            "decision": {"number": "5", "date": "2027-02-05"},
            "minutes": {"number": "12", "date": "2027-01-31"},
            "bases": ["Kế hoạch số 01-KH/BTC;"],
            "receivers": ["Đảng ủy xã"],
            "signers": {"head": {"name": "Nguyễn Văn Mẫu"}},
            "targets": {"people": 48, "units": {"dv1": 7}},
            "previous": {"title": "Cuộc thi năm trước", "people": 12, "attempts": 30},
        }
    )


@pytest.fixture(scope="module")
def party(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of documents in the Party's form, with numbers and signers."""
    out = tmp_path_factory.mktemp("party") / "out"
    write_graded(out)
    write_papers(out, read_result(out), Wanted(documents()))
    return out / "papers"


# ---- marks ----


@every_paper
def test_draft_of_sample_is_marked_on_every_page(draft: Made, paper) -> None:
    """In the PDF on each page, in Word in every header, in the workbook at its front."""
    path = draft.papers / paper.name
    for page in pages(path.with_suffix(".pdf")):
        assert DRAFT in page
        assert "CUỘC THI MẪU" in page and "DIỄN TẬP" in page
    for section in Document(str(path.with_suffix(".docx"))).sections:
        for header in (section.header, section.first_page_header):
            assert DRAFT in header._element.xpath("string(.)")
            assert "DIỄN TẬP" in header._element.xpath("string(.)")
    front = next(iter(sheets(path.with_suffix(".xlsx")).values()))
    assert DRAFT in str(front[0][0])


@every_paper
def test_final_documents_bear_no_mark_but_their_version(made: Made, paper) -> None:
    """The version stands at the foot of every page."""
    version = read_result(made.out).version
    for page in pages(made.papers / f"{paper.name}.pdf"):
        assert "BẢN NHÁP" not in page
        assert f"Phiên bản kết quả: {version}" in page
    file = Document(str(made.papers / f"{paper.name}.docx"))
    for section in file.sections:
        for footer in (section.footer, section.first_page_footer):
            assert version in footer._element.xpath("string(.)")


@every_paper
def test_nothing_to_list_says_so(draft: Made, paper) -> None:
    """An empty round gives all documents; where a table would stand, there is `Không có`."""
    text = "".join(pages(draft.papers / f"{paper.name}.pdf"))
    in_word = word_text(draft.papers / f"{paper.name}.docx")
    if paper.name not in ("bang_tong_hop_theo_don_vi", "thong_ke_theo_nhom"):
        assert "Không có." in text
        assert "Không có." in in_word


# ---- hostile names ----


@every_paper
def test_no_cell_is_a_formula(made: Made, paper) -> None:
    """Names and reasons that begin with = + - @ are texts, in the copy for posting too."""
    for folder in (made.papers, made.papers / "cong_khai"):
        path = folder / f"{paper.name}.xlsx"
        if not path.exists():
            continue
        for sheet in load_workbook(path).worksheets:
            for row in sheet.iter_rows():
                assert not [cell.value for cell in row if cell.data_type == "f"]
        with ZipFile(path) as archive:
            assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_names_are_composed_and_without_changes_of_direction(made: Made) -> None:
    """As they are written everywhere."""
    text = word_text(made.papers / "danh_sach_ca_nhan_dat_giai.docx")
    assert unicodedata.is_normalized("NFC", text)
    assert "\u202e" not in text
    assert unicodedata.normalize("NFC", HOSTILE[6]) in text or "Ăn" not in text


@every_paper
def test_all_text_is_composed(made: Made, paper) -> None:
    """NFC, whatever people typed."""
    assert unicodedata.is_normalized("NFC", word_text(made.papers / f"{paper.name}.docx"))


# ---- layout ----


@every_paper
def test_page_of_word_files(made: Made, paper) -> None:
    """A4, the decree's margins, Times New Roman, Vietnamese, black."""
    file = Document(str(made.papers / f"{paper.name}.docx"))
    for section in file.sections:
        sides = sorted((round(section.page_width.mm), round(section.page_height.mm)))
        assert sides == [210, 297]
        assert 20 <= section.top_margin.mm <= 25.1
        assert 20 <= section.bottom_margin.mm <= 25.1
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20
    fonts = file.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "cs", "eastAsia")} == {
        "Times New Roman"
    }
    body = file.element.body
    assert {one.get(qn("w:val")) for one in body.iter(qn("w:color"))} <= {"000000", "auto"}
    assert not list(body.iter(qn("w:u")))


@every_paper
def test_head_of_pdf_stands_on_its_lines(made: Made, paper) -> None:
    """The country's name unbroken, the motto with its hyphens, one family of fonts, embedded."""
    path = made.papers / f"{paper.name}.pdf"
    first = pages(path)[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "Độc lập - Tự do - Hạnh phúc" in first
    for page in PdfReader(path).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert re.fullmatch(r"/[A-Z]{6}\+Tinos\w*", str(described["/FontName"]))
            assert "/FontFile2" in described


def test_number_date_and_articles_of_the_decision(party: Path, made: Made) -> None:
    """Filled in as the Party writes them; left as dots where they aren't known."""
    text = "".join(pages(party / "quyet_dinh_cong_nhan_ket_qua.pdf"))
    assert "Số 05-QĐ/BTC" in text
    assert "Lạng Sơn, ngày 05 tháng 02 năm 2027" in text
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "CỘNG HÒA" not in text
    assert "T/M BAN TỔ CHỨC CUỘC THI" in text
    assert "Nguyễn Văn Mẫu" in text
    assert squeezed("Căn cứ Kế hoạch số 01-KH/BTC;") in squeezed(text)
    assert re.findall(r"Điều (\d)\.", text) == ["1", "2", "3"]
    blank = "".join(pages(made.papers / "quyet_dinh_cong_nhan_ket_qua.pdf"))
    assert re.search(r"Số: …+/QĐ-BTC", blank)
    assert re.search(r"ngày …+ tháng …+ năm …+", blank)


@pytest.mark.parametrize("form", FORMS)
def test_signatures_never_stand_alone_on_a_page(made: Made, tmp_path: Path, form: str) -> None:
    """However far down the last article comes to lie, some of it is above them."""
    (decision,) = [one for one in PAPERS if one.issued == "decision"]
    context = make_context(read_result(made.out), documents().model_copy(update={"form": form}))
    seen = set()
    for more in range(12):
        filled = (*decision.blocks[:-1], *[Para("Thêm một dòng.")] * more, decision.blocks[-1])
        file = tmp_path / "thu.pdf"
        file.write_bytes(pdf(replace(decision, blocks=filled), context))
        found = pages(file)
        (signed,) = [n for n, page in enumerate(found) if "Nguyễn Văn Mẫu" in page]
        assert "Điều 3." in found[signed], more
        seen.add(signed)
    assert len(seen) > 1


def test_minutes_have_no_date_line_and_two_signers(made: Made) -> None:
    """Secretary at the left, chair at the right."""
    first = pages(made.papers / "bien_ban_hop_xet_giai.pdf")[0]
    assert "Số: ………/BB-BTC" in first
    head = first.split("BIÊN BẢN")[0]
    assert "ngày" not in head
    text = "".join(pages(made.papers / "bien_ban_hop_xet_giai.pdf"))
    assert re.search(r"THƯ KÝ\s+CHỦ TỌA", text)


@every_paper
def test_documents_end_with_their_sign(made: Made, paper) -> None:
    """Body and annexes end with `./.`."""
    text = word_text(made.papers / f"{paper.name}.docx")
    assert text.count("./.") >= 1 + len(paper.annexes)


def test_targets_and_earlier_contest(party: Path, made: Made) -> None:
    """What was aimed at, done, and the share of it."""
    target, before, *_ = word_tables(party / "so_voi_chi_tieu.docx")
    done = made.results.attempts
    done = done[(done["round"] == "ky-1") & done["status"].isin(["submitted", "expired"])]
    people = done["contestant_id"].nunique()
    assert target[1] == ["Số người dự thi", "48", str(people), "50,00%"]
    assert [row[0] for row in before[1:]] == [
        "Số người dự thi, so với Cuộc thi năm trước",
        "Số lượt thi, so với Cuộc thi năm trước",
    ]
    assert before[1][1:4] == ["12", str(people), f"+{people - 12}"]


# ---- the copy for posting ----


def test_posted_copy_masks_names_and_phones(made: Made) -> None:
    """As the rules publish names: masked unless they say otherwise."""
    folder = made.papers / "cong_khai"
    for path in sorted(folder.glob("*.docx")):
        text = word_text(path)
        assert "0912345678" not in text
        assert "912 345 678" not in text
        assert "Thí sinh thử ts-" not in text
    pdf = "".join(pages(folder / "danh_sach_ca_nhan_dat_giai.pdf"))
    assert "Thí•••" in pdf
    assert "BẢN CÔNG KHAI" in pdf
    assert "0912345678" in word_text(made.papers / "danh_sach_loai.docx")


def test_rules_may_publish_winners_in_full(tmp_path: Path) -> None:
    """Winners only: who was removed stays masked. The key isn't posted while the rules hide it."""
    rules = {**RULES, "publish": {"names": "full"}, "reveal": {"right_answers": "never"}}
    write_graded(tmp_path / "out", rules=rules)
    result = read_result(tmp_path / "out")
    write_papers(tmp_path / "out", result, Wanted(result.documents, public=True))
    folder = tmp_path / "out" / "papers" / "cong_khai"
    assert "Thí sinh thử ts-" in word_text(folder / "danh_sach_ca_nhan_dat_giai.docx")
    assert "Thí sinh thử ts-" not in word_text(folder / "danh_sach_loai.docx")
    assert not (folder / "dap_an.pdf").exists()


# ---- templates ----


@pytest.mark.parametrize("form", sorted(FORMS))
def test_built_in_templates_pass_their_own_check(form: str) -> None:
    """In every form."""
    found = builtin(FORMS[form])
    assert len(found) == len(PAPERS)
    for name, content in found.items():
        assert check(name, content) == []


def changed(tmp_path: Path, old: str, new: str, name: str = "pho_diem") -> bytes:
    """Return a built-in template in which one text was edited, as Word would save it."""
    paper = next(one for one in PAPERS if one.name == name)
    path = tmp_path / "mau.docx"
    path.write_bytes(template(paper, FORMS["state"]))
    file = Document(str(path))
    parts = [*file.paragraphs]
    for section in file.sections:
        parts += section.header.paragraphs + section.first_page_header.paragraphs
    edited = False
    for line in parts:
        for piece in line.runs:
            if old in piece.text:
                piece.text = piece.text.replace(old, new)
                edited = True
    assert edited
    file.save(str(path))
    return path.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ ky.diem_trung_binh }}", "{{ ky.diem_tb_chung }}", "ky.diem_tb_chung"),
        ("{{ cuoc_thi }}", "{{ ten_cuocthi }}", "ten_cuocthi"),
        ("{%p for ky in cac_ky %}", "{%p for ky in so_nguoi_dat %}", "so_nguoi_dat"),
        ("{%p for ky in cac_ky %}", "{%p for ky in cuoc_thi %}", "cuoc_thi"),
        ("{{ cuoc_thi }}", "{{ cuoc_thi | khong_co }}", "khong_co"),
        ("{{ cuoc_thi }}", "{{ cuoc_thi.__class__ }}", "cuoc_thi.__class__"),
        ("{{ cuoc_thi }}", "{{ range(9) }}", "call"),
        ("{{ cuoc_thi }}", "{{ cuoc_thi ", "hỏng"),
        ("{{ dau_trang }}", "", "dau_trang"),
    ],
)
def test_wrong_template_is_told_by_name(tmp_path: Path, old: str, new: str, told: str) -> None:
    """The file and the placeholder."""
    problems = check("pho_diem.docx", changed(tmp_path, old, new))
    assert problems
    assert all(one.file == "pho_diem.docx" for one in problems)
    assert any(told in one.message for one in problems)


def test_all_wrong_templates_are_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    """With a stray file and one that is no Word file at all."""
    write_graded(tmp_path / "out")
    folder = tmp_path / "mau_van_ban"
    folder.mkdir()
    (folder / "pho_diem.docx").write_bytes(changed(tmp_path, "{{ cuoc_thi }}", "{{ sai_ten }}"))
    (folder / "dap_an.docx").write_bytes(b"khong phai Word")
    (folder / "la.docx").write_bytes(b"")
    result = run("papers", tmp_path / "out", "--templates", folder)
    assert result.exit_code == 1
    for told in ("sai_ten", "dap_an.docx", "la.docx"):
        assert told in result.output
    assert not (tmp_path / "out" / "papers").exists()


def test_own_template_is_used(tmp_path: Path) -> None:
    """What an organiser wrote in Word stands in the document; names aren't computed."""
    write_graded(tmp_path / "out")
    folder = tmp_path / "mau"
    folder.mkdir()
    content = changed(tmp_path, "{{ cuoc_thi }}", "{{ cuoc_thi }} của chúng tôi")
    (folder / "pho_diem.docx").write_bytes(content)
    result = read_result(tmp_path / "out")
    write_papers(tmp_path / "out", result, Wanted(result.documents, templates=folder))
    text = word_text(tmp_path / "out" / "papers" / "pho_diem.docx")
    assert "Cuộc thi “Tìm hiểu pháp luật” của chúng tôi" in text


def test_templates_command_copies_and_never_overwrites(tmp_path: Path) -> None:
    """In the form that the rules name."""
    rules = {**RULES, "documents": {"form": "party"}}
    (tmp_path / "the_le.yml").write_text(yaml.safe_dump(rules, allow_unicode=True), "utf-8")
    assert run("templates", tmp_path).exit_code == 0
    made = tmp_path / "mau_van_ban" / "pho_diem.docx"
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in word_text(made)
    again = run("templates", tmp_path)
    assert again.exit_code == 1
    assert "pho_diem.docx" in again.output


# ---- the folder ----


def test_same_result_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    """Word, PDF and workbook: nothing depends on the clock."""
    write_graded(tmp_path / "out")
    result = read_result(tmp_path / "out")
    write_papers(tmp_path / "out", result, Wanted(result.documents, public=True))
    listed = [json.loads((one / "papers.json").read_text()) for one in
              (made.papers, tmp_path / "out" / "papers")]  # fmt: skip
    assert listed[0] == listed[1]


@pytest.mark.parametrize("name", ["ca_nhan.csv", "rules.yml", "removed.csv"])
def test_changed_result_is_refused_by_name(tmp_path: Path, name: str) -> None:
    """Nothing is written."""
    write_graded(tmp_path / "out")
    with (tmp_path / "out" / name).open("ab") as file:
        file.write(b"\n")
    result = run("papers", tmp_path / "out")
    assert result.exit_code == 1
    assert name in result.output
    assert not (tmp_path / "out" / "papers").exists()


def test_folder_without_a_result_is_refused(tmp_path: Path) -> None:
    """With the way to mend it."""
    result = run("papers", tmp_path)
    assert result.exit_code == 1
    assert "timhieu grade" in result.output


def test_document_edited_by_hand_is_never_overwritten(tmp_path: Path) -> None:
    """It is named; everything stays as it was."""
    write_graded(tmp_path / "out")
    result = read_result(tmp_path / "out")
    write_papers(tmp_path / "out", result, Wanted(result.documents))
    edited = tmp_path / "out" / "papers" / "bao_cao_tong_ket.docx"
    edited.write_bytes(edited.read_bytes() + b" ")
    kept = edited.read_bytes()
    told = run("papers", tmp_path / "out")
    assert told.exit_code == 1
    assert "bao_cao_tong_ket.docx" in told.output
    assert edited.read_bytes() == kept


def test_wrong_section_of_rules_is_told_by_key(tmp_path: Path) -> None:
    """All wrong keys at once."""
    rules = {**RULES, "documents": {"form": "royal", "sign": 1}}
    write_graded(tmp_path / "out", rules=rules)
    result = run("papers", tmp_path / "out")
    assert result.exit_code == 1
    assert "documents.form" in result.output
    assert "documents.sign" in result.output


def test_placeholders_are_listed_for_organisers() -> None:
    """docs/van-ban.md names every one, and no other."""
    text = (Path(__file__).parents[3] / "docs" / "van-ban.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_.]+)` \|", text.split("## Ô điền")[1], flags=re.M)
    assert sorted(rows) == sorted(names(SCHEMA))
