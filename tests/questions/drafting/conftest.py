"""Small documents in every format that is read."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

LETTER = """\
CƠ QUAN MẪU

Số 12-CV/CQM

Địa danh mẫu, ngày 05 tháng 3 năm 2024

Về việc: Báo cáo kết quả của đơn vị mẫu trong năm 2023

Kính gửi: Các đơn vị mẫu, có 40 đơn vị.

1. Thực hiện Kế hoạch số 77-KH/CQM, ngày 09/01/2023 của Cơ quan mẫu, đơn vị
mẫu đã có 398 đại biểu dự hội nghị và đạt 8,02% kế hoạch.

Nghị quyết mẫu nêu 05 quan điểm, 12 nội dung định hướng, 06 nhiệm vụ trọng tâm và 03 khâu đột phá.

Hội nghị lần thứ XIV họp trong nhiệm kỳ 2020 – 2025 tại trụ sở mẫu.

Đồng chí Trần Văn Mẫu, Bí thư đơn vị mẫu, đã phát biểu khai mạc hội nghị.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Lê Thị Mẫu
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A letter as an office sends one, lines broken as mail does."""
    path = tmp_path / "Công văn mẫu.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


@pytest.fixture
def word(tmp_path: Path) -> Path:
    """A Word file with a paragraph and a table."""
    made = docx.Document()
    made.add_paragraph("Đơn vị mẫu có 398 đại biểu dự hội nghị ngày 09/01/2023.")
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Số đảng viên"
    table.rows[0].cells[1].text = "71.000 đảng viên"
    path = tmp_path / "mau.docx"
    made.save(str(path))
    return path


def pdf(*pages: str) -> bytes:
    """Return a PDF with a line of plain letters on each page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    for place in places:
        out.write(f"{place:010} 00000 n \n".encode())
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    out.write(trailer.encode())
    return out.getvalue()
