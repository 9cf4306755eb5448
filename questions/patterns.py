"""How Vietnamese answers are written: what they are recognised by."""

from __future__ import annotations

import re

DATE_IN_WORDS = re.compile(r"\b(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})\b")
"""`ngày 15 tháng 3 năm 2026`: day, month and year."""
