"""A small bank in a folder, for tests that then spoil it."""

from __future__ import annotations

from pathlib import Path

import pytest

FILES = {
    "bank.yml": """\
version: 1
id: thu
title: Ngân hàng thử
topics:
  - id: chung
    title: Phần chung
  - id: rieng
    title: Phần riêng
""",
    "sources.yml": """\
version: 1
sources:
  - id: nguon
    title: Văn bản mẫu
    issuer: Đơn vị mẫu
    date: 2026-01
    kind: document
    copy: official
  - id: bao
    title: Bài báo mẫu
    issuer: Báo mẫu
    kind: report
    copy: official
""",
    "facts.yml": """\
version: 1
facts:
  - id: f.1
    statement: Đơn vị mẫu có 12 người.
    values:
      - type: number
        value: 12
        unit: người
    cites:
      source: nguon
      place: Mục 1
    further:
      - source: bao
        place: Đoạn 2
    status: confirmed
  - id: f.2
    statement: Số phòng của đơn vị mẫu được ghi khác nhau.
    cites:
      source: bao
      place: Đoạn 3
    status: in_conflict
""",
    "chung.yml": """\
version: 1
questions:
  # câu đầu
  - id: c-1
    type: single
    level: recall
    stem: Đơn vị mẫu có bao nhiêu người?
    options:
      - id: a
        text: 11 người
      - id: b
        text: 12 người
    key: b
    facts: [f.1]
    explanation: Có 12 người.  # theo văn bản mẫu

  # câu hai
  - id: c-2
    type: multiple
    level: understand
    stem: Những số nào là số chẵn?
    options:
      - id: a
        text: Mười hai
      - id: b
        text: Mười một
      - id: c
        text: Mười bốn
    key: [a, c]
    facts:
      - f.1
    explanation: Mười hai và mười bốn là số chẵn.
""",
    "rieng.yml": """\
version: 1
questions:
  - id: r-1
    type: true_false
    level: apply
    stem: Đơn vị mẫu có hơn mười người.
    key: true
    facts: [f.1]
    explanation: Đơn vị có 12 người.
""",
}


class BankFolder:
    """A folder with the files of a bank, and ways to spoil them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True)
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write a file, newlines as given."""
        (self.path / name).write_bytes(text.encode())

    def read(self, name: str) -> str:
        """Return a file's text."""
        return (self.path / name).read_bytes().decode()

    def replace(self, name: str, old: str, new: str) -> int:
        """Replace text that stands once in a file; return the line where it begins."""
        text = self.read(name)
        assert text.count(old) == 1, (name, old)
        self.write(name, text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1


@pytest.fixture
def folder(tmp_path: Path) -> BankFolder:
    """A good bank: two topics, three questions, one fact in conflict that nobody asks for."""
    return BankFolder(tmp_path / "ngan_hang")
