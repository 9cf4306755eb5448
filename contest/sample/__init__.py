"""A complete, commented contest directory, ready to try."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from contest.appearance import APPEARANCE_FILE
from contest.clock import local
from contest.presets import preset_text

HERE = Path(__file__).parent
DAYS = 30
RESULTS_AFTER = 4
DELETE_AFTER = 180

_IGNORED = """\
# Cơ sở dữ liệu, khóa bí mật và ngân hàng riêng không đưa lên kho mã nguồn.
var/
ngan_hang/
"""


class NotEmpty(ValueError):
    """The folder holds something already; nothing was written."""


def init_directory(path: Path, now: int, preset: str | None = None) -> None:
    """Write the sample contest into an empty or new folder.

    Its one round is open from the day of `now` (milliseconds UTC) for 30 days. With a preset, the
    rules are that preset's instead, its first round opening on that day.

    Raises
    ------
    NotEmpty
        When there is anything in the folder.
    KeyError
        For a preset that isn't there.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise NotEmpty(str(path))
    today = local(now).date()
    rules = _sample_rules(today) if preset is None else preset_text(preset, today)
    path.mkdir(parents=True, exist_ok=True)
    (path / "the_le.yml").write_text(rules, encoding="utf-8")
    shutil.copyfile(HERE / APPEARANCE_FILE, path / APPEARANCE_FILE)
    (path / "don_vi.csv").write_text(_units(), encoding="utf-8")
    (path / ".gitignore").write_text(_IGNORED, encoding="utf-8")


def _sample_rules(today: datetime.date) -> str:
    closes = today + datetime.timedelta(days=DAYS)
    rules = (HERE / "the_le.yml").read_text(encoding="utf-8")
    for gap, value in {
        "opens": f"{today} 00:00",
        "closes": f"{closes} 00:00",
        "results_by": closes + datetime.timedelta(days=RESULTS_AFTER),
        "delete_on": closes + datetime.timedelta(days=DELETE_AFTER),
    }.items():
        rules = rules.replace("{" + gap + "}", str(value))
    return rules


def _units() -> str:
    """Return three blocks of six units with made-up headcounts."""
    lines = ["unit_id,name,parent_id,block,headcount"]
    for index, letter in enumerate("ABC"):
        top = f"khoi-{letter.lower()}"
        lines.append(f"{top},Khối mẫu {letter},,Khối {letter},")
        for below in range(1, 7):
            number = index * 6 + below
            headcount = 40 + (number * 37) % 160
            lines.append(f"dv-{number:02},Đơn vị mẫu {number},{top},Khối {letter},{headcount}")
    return "\n".join(lines) + "\n"
