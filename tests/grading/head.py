"""The head of a manifest in these tests: one contest, one closed round."""

from __future__ import annotations

from grading.manifest import Meta, RoundMeta
from tests.grading.factories import BEGIN

ROUND = RoundMeta(
    final=True,
    bank="1" * 64,
    rules="2" * 64,
    units="3" * 64,
    rows="4" * 64,
    rulings="5" * 64,
    secret_hash="6" * 64,
)

META = Meta(
    contest_id="thu",
    contest_title="Cuộc thi thử",
    sample=True,
    synthetic=False,
    as_of=BEGIN,
    code_version="0.1.0",
    code_sha256="7" * 64,
    rounds={"ky-1": ROUND},
)
