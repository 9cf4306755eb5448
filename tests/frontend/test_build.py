"""What is committed is what the sources make."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "voila_templates"
BUILT = TOOLS / "built.json"
ENTRY = TOOLS / "voila/templates/contest/static/entry.js"
MOST_BYTES = 250_000


def sha256(file: Path) -> str:
    """Return a file's hash."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def record() -> dict[str, dict[str, str]]:
    """Return the hashes that the last build wrote down."""
    return dict(json.loads(BUILT.read_text()))


def test_sources_lock_and_outputs_are_those_of_the_last_build(
    record: dict[str, dict[str, str]],
) -> None:
    assert sha256(TOOLS / "package-lock.json") == record["lock"], "npm run build"
    for part in ("sources", "outputs"):
        found = {name: sha256(ROOT / name) for name in record[part]}
        assert found == record[part], "run `npm run build` in voila_templates/"


def test_every_source_is_recorded(record: dict[str, dict[str, str]]) -> None:
    folders = (TOOLS / "src", ROOT / "contest/ui/js")
    files = {str(file.relative_to(ROOT)) for folder in folders for file in folder.rglob("*.js")}
    extra = {"contest/ui/look.css", "voila_templates/build.mjs", "voila_templates/package.json"}
    extra.add("voila_templates/licences/jupyter.txt")
    assert files | extra == set(record["sources"])


def test_a_build_from_the_lock_gives_the_same_bytes(
    record: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    npm = shutil.which("npm")
    assert npm, "Node.js is needed for the tests (not for serving)"
    if not (TOOLS / "node_modules/.package-lock.json").exists():
        subprocess.run([npm, "ci"], cwd=TOOLS, check=True)
    subprocess.run(["node", "build.mjs", "--out", str(tmp_path)], cwd=TOOLS, check=True)
    assert {name: sha256(tmp_path / name) for name in record["outputs"]} == record["outputs"]
    assert json.loads((tmp_path / "voila_templates/built.json").read_text()) == record


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((TOOLS / "package-lock.json").read_text())
    assert "omit-lockfile-registry-resolved=true" in (TOOLS / ".npmrc").read_text()
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert not [name for name, one in packages.items() if "resolved" in one]
    assert all("integrity" in one for one in packages.values())


def test_the_page_bundle_is_small_and_evaluates_nothing() -> None:
    text = ENTRY.read_text()
    assert len(gzip.compress(ENTRY.read_bytes(), 9, mtime=0)) < MOST_BYTES
    for word in ("eval(", "new Function", "sourceMappingURL", "mathjax", "rendermime", "://cdn"):
        assert word not in text


def test_the_paper_for_jupyterlab_is_a_module_with_render() -> None:
    text = (ROOT / "contest/ui/paper.bundle.js").read_text()
    assert "as default" in text or "export default" in text
    assert "KernelConnection" not in text
