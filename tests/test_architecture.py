"""Who may import whom, and which module alone may do what. Read from the source, with `ast`."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OWN = ("questions", "grading", "contest")
TYPES_ONLY = "TYPE_CHECKING"

MAY_IMPORT = {"questions": {"questions"}, "grading": {"questions", "grading"}, "contest": set(OWN)}
"""Room -> the rooms it may import. The way goes questions <- grading <- contest <- notebooks."""

GUARDED = {
    "contest.ui": {
        "contest.ui",
        "contest.serving.application -> contest.ui.messages",
        "contest.serving.each -> contest.ui.rich",
        "contest.bench.solara_page",
    },
    "contest.serving": {
        "contest.serving",
        "contest.commands.rehearse",
        "contest.commands.serve",
        "contest.bench.contestants -> contest.serving.visitor",
    },
    "contest.bench": {
        "contest.bench",
        "contest.commands.bench",
        "contest.cli_bench -> contest.bench.bank",
        "contest.cli_bench -> contest.bench.messages",
    },
    "contest.commands": {
        "contest.cli_irt",
        "contest.cli_qr",
        "contest.cli_rules",
        "contest.cli_verify",
        "contest.bench.desk",
        "contest.commands",
        "contest.cli",
        "contest.cli_bank",
        "contest.cli_bench",
        "contest.cli_claims",
        "contest.cli_closing",
        "contest.cli_keeping",
        "contest.cli_notice",
        "contest.cli_marking",
        "contest.cli_papers",
        "contest.cli_rehearse",
        "contest.cli_rulings",
        "contest.bench.papers_step",
        "contest.ui.desk",
    },
    "contest.cli": set(),
    "contest.results": {
        "contest.board.compute",
        "contest.commands.grade",
        "contest.commands.rule",
        "contest.commands.verify",
        "contest.elsewhere.gathered",
        "contest.rulings.preview",
        "contest.ui.desk.graded",
        "contest.verify",
    },
    "contest.store.apply": {"contest.store"},
    "contest.store.migrations": {"contest.store"},
    "contest.store.writer": {"contest.store"},
    "contest.store.sqlite": {
        "contest.app",
        "contest.board",
        "contest.bench.contestants",
        "contest.bench.desk",
        "contest.commands",
        "contest.results",
        "contest.rulings.preview",
        "contest.serving.application",
        "contest.store",
        "contest.ui.desk",
        "contest.ui.marking.visit",
        "contest.verify",
    },
}
"""Module (and all below it) -> who may import it; `a -> b` allows a to import b of it only."""

OUTSIDE = {
    "questions": {
        "defusedxml",
        "docx",
        "PIL",
        "markdown_it",
        "openpyxl",
        "pydantic",
        "pypdf",
        "rapidfuzz",
        "ruamel",
        "vi_textmatch",
        "xlsxwriter",
        "yaml",
    },
    "grading": {"girth", "numpy", "pandas", "pydantic", "rapidfuzz", "sqlite_utils", "xlsxwriter"},
}
"""What these rooms may use of other people's; the contest may use whatever pyproject.toml lists."""

ONLY_IN = {
    "anywidget": {"contest.ui"},
    "IPython": {"contest.serving.virtual", "contest.ui"},
    "comm": {"contest.serving.virtual"},
    "ipywidgets": {"contest.serving.virtual", "contest.ui"},
    "matplotlib": {
        "contest.papers.charts",
        "contest.ui.organiser",
        "contest.ui.question_figures",
    },
    "pandas": {
        "contest.bench.ranking",
        "contest.board.open_round",
        "contest.elsewhere.gathered",
        "grading",
        "contest.papers",
        "contest.result_rows",
        "contest.results",
        "contest.rulings.preview",
        "contest.ui.organiser",
        "contest.ui.question_figures",
    },
    "numpy": {"grading", "contest.bench.ranking", "contest.papers.result"},
    "jupyter_server": {"contest.serving"},
    "prometheus_client": {"contest.serving.operator"},
    "solara": {"contest.bench.solara_page"},
    "voila": {"contest.serving"},
    "argon2": {"contest.organisers"},
    "fsrs": {"contest.practice.scheduler"},
    "sqlite_utils": {"contest.store.migrations", "grading.database"},
    "sqlite3": {"contest.store"},
    "click": {
        "contest.cli_irt",
        "contest.cli_marking",
        "contest.cli_qr",
        "contest.cli_rules",
        "contest.cli_verify",
        "contest.cli",
        "contest.cli_bank",
        "contest.cli_base",
        "contest.cli_bench",
        "contest.cli_claims",
        "contest.cli_closing",
        "contest.cli_elsewhere",
        "contest.cli_keeping",
        "contest.cli_notice",
        "contest.cli_papers",
        "contest.cli_rehearse",
        "contest.cli_rulings",
    },
    "aiohttp": {"contest.bench"},
    "playwright": {"contest.bench"},
    "psutil": {"contest.bench"},
    "reacton": {"contest.bench.solara_page"},
    "defusedxml": {"questions.formats"},
    "docx": {
        "contest.papers",
        "contest.rules_text.write",
        "questions.formats",
        "questions.drafting",
    },
    "markdown_it": {"contest.ui.rich", "questions.formats", "questions.markup", "questions.sheet"},
    "openpyxl": {
        "contest.bench.papers_step",
        "contest.marking.sheet",
        "contest.verify.compare",
        "questions.formats",
    },
}
"""Where the heavy or far-reaching ones may be used."""

SQL = re.compile(
    r"\s*(select\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s"
    r"|create\s+(unique\s+|temp\s+)?(table|index|trigger|view)\s|pragma\s|begin\s+immediate)",
    re.IGNORECASE,
)
MAY_HOLD_SQL = ("contest.bench.ranking.duck", "contest.store", "grading.database")

CLOCKS = {
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime", "time.ctime",
    "datetime.now", "datetime.today", "datetime.utcnow", "date.today",
}  # fmt: skip
"""What tells the time of day. `time.monotonic` measures how long something takes, and may."""

ENVIRONMENT = {"environ", "environb", "getenv", "putenv", "unsetenv"}

CHANGES = {
    "add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem",
    "popleft", "remove", "setdefault", "update",
}  # fmt: skip

BLOCKING = {
    "time.sleep", "subprocess.run", "subprocess.call", "subprocess.check_call",
    "subprocess.check_output", "sqlite3.connect", "socket.create_connection",
}  # fmt: skip
FILE_METHODS = {"read_text", "write_text", "read_bytes", "write_bytes"}


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of ours, parsed, by its full name."""
    found = {}
    for room in OWN:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the full name of every module that is imported, wherever that is done."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            assert node.module is not None
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in modules() else node.module


def at_once(tree: ast.Module) -> Iterator[str]:
    """Yield what a module imports when it is loaded: not later, and not for types only."""
    for statement in tree.body:
        if isinstance(statement, ast.If) and TYPES_ONLY in ast.dump(statement.test):
            continue
        if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield from imports(statement)


def is_below(name: str, above: str) -> bool:
    """Return whether a module is `above` or lies below it."""
    return name == above or name.startswith(f"{above}.")


def is_one_of(name: str, allowed: set[str] | tuple[str, ...]) -> bool:
    """Return whether a module is one of these or lies below one."""
    return any(is_below(name, above) for above in allowed)


def called(node: ast.Call) -> str:
    """Return the last two parts of what is called: `time.sleep`, `datetime.now`, `print`."""
    return ".".join(ast.unparse(node.func).split(".")[-2:])


def calls(tree: ast.AST) -> Iterator[str]:
    """Yield what is called anywhere in a piece of source."""
    return (called(node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def docstrings(tree: ast.Module) -> set[int]:
    """Return the ids of the nodes that are docstrings, or strings that stand alone."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


every_module = pytest.mark.parametrize("name", sorted(modules()))


# ---- imports ----


@every_module
def test_imports_go_one_way(name: str) -> None:
    """questions <- grading <- contest; nothing of ours imports a notebook or a test."""
    allowed = MAY_IMPORT[name.split(".")[0]]
    for imported in imports(modules()[name]):
        room = imported.split(".")[0]
        assert room not in {"notebooks", "tests"}
        assert room not in OWN or room in allowed, f"{name} imports {imported}"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda one: one.stem
)
def test_tests_share_by_modules_that_hold_no_tests(path: Path) -> None:
    """What two of them need stands in a module of its own, so that each can change alone."""
    for imported in imports(ast.parse(path.read_text())):
        assert not re.match(r"tests\.(\w+\.)*test_", imported), f"imports {imported}"


@every_module
def test_guarded_rooms_are_entered_by_their_doors(name: str) -> None:
    """Pages, server, commands, and what stands behind the store's protocol."""
    for imported in imports(modules()[name]):
        for guarded, allowed in GUARDED.items():
            if is_below(imported, guarded):
                good = is_one_of(name, allowed) or f"{name} -> {imported}" in allowed
                assert good, f"{name} imports {imported}"


@every_module
def test_store_is_known_by_its_protocol(name: str) -> None:
    """The package itself brings the embedded database along."""
    if not is_one_of(name, {"contest.store"}) and name != "contest":
        assert "contest.store" not in set(imports(modules()[name]))


@every_module
def test_tools_of_others_stay_in_their_rooms(name: str) -> None:
    """Bank and grading use few; the heavy ones are used in few places."""
    room = name.split(".")[0]
    for imported in {imported.split(".")[0] for imported in imports(modules()[name])}:
        if imported in ONLY_IN:
            assert is_one_of(name, ONLY_IN[imported]), f"{name} imports {imported}"
        if room in OUTSIDE and imported not in (*OWN, *sys.stdlib_module_names):
            assert imported in OUTSIDE[room], f"{name} imports {imported}"


def test_no_module_imports_itself_in_a_circle() -> None:
    """As far as they are imported when they are loaded."""
    needs = {
        name: {imported for imported in at_once(tree) if imported in modules()}
        for name, tree in modules().items()
    }
    while free := [name for name, wanted in needs.items() if not wanted - {name}]:
        for name in free:
            del needs[name]
        for wanted in needs.values():
            wanted.difference_update(free)
    assert not needs, f"in a circle: {sorted(needs)}"


def loaded_by(program: str, *names: str) -> str:
    """Return which of these modules are loaded once a program has run in a fresh process."""
    program += f"\nimport sys; print(sorted({set(names)!r} & set(sys.modules)))"
    command = [sys.executable, "-W", "ignore", "-c", program]
    result = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return result.stdout.strip()


@pytest.mark.parametrize(
    "program",
    ["from contest.ui import paper_page, desk_page", "import contest, grading, questions"],
)
def test_contestants_page_loads_nothing_heavy(program: str) -> None:
    """Each visitor would pay for it with memory and seconds."""
    heavy = ("pandas", "numpy", "matplotlib", "sqlite_utils", "voila", "jupyter_server")
    assert loaded_by(program, *heavy) == "[]"


def test_server_loads_no_pandas() -> None:
    """Nothing that computes tables may stand in its loop's way."""
    heavy = ("pandas", "numpy", "matplotlib", "sqlite_utils")
    assert loaded_by("import contest.serving.application", *heavy) == "[]"


# ---- who alone may do what ----


@every_module
def test_sql_stands_in_the_store(name: str) -> None:
    """And where the result database is written."""
    if is_one_of(name, MAY_HOLD_SQL):
        return
    tree = modules()[name]
    alone = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            assert not SQL.match(node.value), f"{name}:{node.lineno}: {node.value!r}"


@every_module
def test_environment_is_read_in_settings(name: str) -> None:
    """Nowhere else can a setting hide."""
    if name == "contest.settings":
        return
    for node in ast.walk(modules()[name]):
        used = getattr(node, "attr", None) or getattr(node, "id", None)
        assert used not in ENVIRONMENT, f"{name}:{node.lineno}"


@every_module
def test_clock_is_read_in_clock(name: str) -> None:
    """Everything else is given the time."""
    if name == "contest.clock":
        return
    assert not CLOCKS & set(calls(modules()[name]))


@every_module
def test_nothing_prints(name: str) -> None:
    """Commands say, servers log."""
    assert not {"print", "sys.stdout.write", "stdout.write"} & set(calls(modules()[name]))


@every_module
def test_no_module_keeps_visitors(name: str) -> None:
    """No function changes a variable of its module: one process may serve many visitors."""
    tree = modules()[name]
    names = {
        target.id
        for statement in tree.body
        if isinstance(statement, (ast.Assign, ast.AnnAssign))
        for target in getattr(statement, "targets", None) or [statement.target]
        if isinstance(target, ast.Name)
    }
    functions = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
    ]
    for function in functions:
        for node in ast.walk(function):
            assert not isinstance(node, ast.Global), f"{name}:{node.lineno}"
            changed = _changed(node)
            assert changed not in names, f"{name}:{node.lineno} changes {changed}"


def _changed(node: ast.AST) -> str | None:
    """Return the name of the variable whose content a piece of source changes."""
    owner: ast.AST | None = None
    if isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(
        node.ctx, (ast.Store, ast.Del)
    ):
        owner = node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = node.func.value if node.func.attr in CHANGES else None
    return owner.id if isinstance(owner, ast.Name) else None


@every_module
def test_nothing_blocks_the_loop(name: str) -> None:
    """No sleeping, no file, no other program inside a coroutine."""
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.AsyncFunctionDef):
            found = set(calls(node))
            assert not found & BLOCKING, f"{name}:{node.lineno}"
            assert not {one.split(".")[-1] for one in found} & FILE_METHODS, f"{name}:{node.lineno}"
            assert "open" not in found, f"{name}:{node.lineno}"
