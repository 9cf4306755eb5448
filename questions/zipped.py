"""Zip archives (Word files) with the same bytes for the same content."""

from __future__ import annotations

import zipfile
from io import BytesIO

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can name."""


def same_bytes(archive: bytes) -> bytes:
    """Return an archive with the same entries, in their order, without the times they were made."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(archive)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            made = zipfile.ZipInfo(entry.filename, LONG_AGO)
            made.compress_type = zipfile.ZIP_DEFLATED
            made.external_attr = 0o600 << 16
            target.writestr(made, source.read(entry))
    return out.getvalue()
