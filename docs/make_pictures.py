"""Pictures of documents for the guides, made from what docs/tu-dau-den-cuoi.md leaves behind.

.venv/bin/python docs/make_pictures.py FOLDER

FOLDER is where the page's commands were run. Needs poppler's pdftoppm, and LibreOffice for the
Word files: what is shown is what an office sees.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

OUT = Path(__file__).parent / "img"
ROUND = "cuoc_thi/var/xet_giai/ky-1/ket_qua/papers"
WIDTH = 760
COLOURS = 32
PICTURES = {
    "danh-sach-dat-giai": f"{ROUND}/danh_sach_ca_nhan_dat_giai.docx",
    "quyet-dinh": "ket_qua/papers/quyet_dinh_cong_nhan_ket_qua.docx",
    "bien-ban": "ket_qua/papers/bien_ban_hop_xet_giai.docx",
    "bang-tong-hop": "ket_qua/papers/bang_tong_hop_theo_don_vi.pdf",
    "pho-diem": "ket_qua/papers/pho_diem.pdf",
    "giay-chung-nhan": "giay_chung_nhan/0001.pdf",
}
"""Name of a picture -> the document whose first page it shows."""


def as_pdf(document: Path, scratch: Path) -> Path:
    """Return a document as PDF; a Word file is converted by LibreOffice."""
    if document.suffix == ".pdf":
        return document
    profile = f"-env:UserInstallation={(scratch / 'office').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", scratch, document],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return scratch / f"{document.stem}.pdf"


def first_page(pdf: Path, target: Path) -> None:
    """Draw the first page of a PDF, small, in few colours."""
    made = target.with_suffix("")
    subprocess.run(
        ["pdftoppm", "-png", "-r", "110", "-f", "1", "-l", "1", "-singlefile", pdf, made],
        check=True, timeout=60,
    )  # fmt: skip
    with Image.open(target) as page:
        size = (WIDTH, round(page.height * WIDTH / page.width))
        small = page.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    small.quantize(COLOURS).save(target, optimize=True)


def main(folder: Path) -> None:
    """Make every picture."""
    OUT.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch:
        for name, document in PICTURES.items():
            first_page(as_pdf(folder / document, Path(scratch)), OUT / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
