"""The page behind a certificate's QR code, on the real server."""

from __future__ import annotations

from contest.directory import ContestDirectory
from contest.papers.signed import Certificate, private_key, signed
from contest.secret_files import CERTIFICATE, secret
from tests.serving.server import Server
from tests.serving.visitor import Visitor

ONE = Certificate(
    "0001/GCN",
    "Đặng <b>Ánh",
    "Đơn vị mẫu 3",
    "đạt giải Nhất",
    "Cuộc thi thử",
    "Kỳ 1",
    "BTC",
    "ab12",
)


def test_no_key_is_made_by_looking(server: Server, visitor: Visitor) -> None:
    """A contest that never gave a certificate tells every text to be none."""
    path = ContestDirectory(server.directory).secrets / CERTIFICATE
    if not path.exists():
        page = visitor.get("/chung-nhan/" + "A" * 120)
        assert page.status == 404
        assert "Không phải giấy chứng nhận" in page.text
        assert not path.exists()


def test_page_says_what_was_signed_and_nothing_else(server: Server, visitor: Visitor) -> None:
    """Escaped, in Vietnamese; a changed letter is none."""
    key = private_key(secret(ContestDirectory(server.directory).secrets, CERTIFICATE))
    text = signed(ONE, key)
    page = visitor.get(f"/chung-nhan/{text}")
    assert page.status == 200
    for shown in ("Đặng &lt;b&gt;Ánh", "Đơn vị mẫu 3", "đạt giải Nhất", "0001/GCN", "ab12"):
        assert shown in page.text
    changed = text[:30] + ("A" if text[30] != "A" else "B") + text[31:]
    page = visitor.get(f"/chung-nhan/{changed}")
    assert page.status == 404
    assert "Ánh" not in page.text
