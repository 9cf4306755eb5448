"""A real Voilà with our template, one notebook and a very small paper widget in its kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import nbformat

from tests.frontend.sentences import TEXTS
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
DEADLINE_SECONDS = 60

WIDGET = """
import json, os, pathlib, time
import traitlets
from ipywidgets import DOMWidget
from IPython.display import display

here = pathlib.Path(os.environ["PAPER_HOME"])
(here / "pid").write_text(str(os.getpid()))


class Paper(DOMWidget):
    _model_name = traitlets.Unicode("AnyModel").tag(sync=True)
    _model_module = traitlets.Unicode("anywidget").tag(sync=True)
    _model_module_version = traitlets.Unicode("~0.11.*").tag(sync=True)
    _view_name = traitlets.Unicode("AnyView").tag(sync=True)
    _view_module = traitlets.Unicode("anywidget").tag(sync=True)
    _view_module_version = traitlets.Unicode("~0.11.*").tag(sync=True)
    _anywidget_id = traitlets.Unicode("timhieu.paper").tag(sync=True)

    def __init__(self):
        super().__init__()
        self.page = None
        self.on_msg(self.received)

    def received(self, _, message, buffers):
        state = json.loads((here / "state.json").read_text())
        now = int(time.time() * 1000)
        kind = message["t"]
        with (here / "log.jsonl").open("a") as log:
            log.write(json.dumps(message) + "\\n")
        if kind == "hello":
            if self.page != message["page"]:
                state["pen"] += 1
                self.page = message["page"]
                (here / "state.json").write_text(json.dumps(state))
            self.send({**state, "t": "paper", "page": self.page, "held": True, "now": now})
        elif kind == "time":
            self.send({"t": "time", "now": now, "deadline": state["deadline"], "text": None})
        elif message["pen"] != state["pen"]:
            reply = {key: message.get(key) for key in ("pen", "seq", "q")}
            self.send({"t": "refused", **reply, "why": "old_pen", "text": ""})
        else:
            if kind == "answer":
                state["answers"][str(message["q"])] = message["chosen"]
                state["written"] = state["pen"]
                (here / "state.json").write_text(json.dumps(state))
            self.send({"t": "ack", "pen": message["pen"], "seq": message["seq"], "at": now})


display(Paper())
"""

CSP = "default-src 'self'; img-src 'self' data:; style-src 'self'"


class VoilaSite:
    """Voilà in a process of its own, in `home`."""

    def __init__(self, home: Path, state: dict[str, Any], cells: list[str] | None = None) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.process: subprocess.Popen[bytes] | None = None
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells or [WIDGET]],
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
        )
        nbformat.write(notebook, home / "thi.ipynb")
        (home / "state.json").write_text(json.dumps(state))
        page = {"title": "Tìm hiểu mẫu", "round": "Kỳ 1"}
        settings = {"contest": {"texts": TEXTS, "page": page}}
        headers = {"Content-Security-Policy": CSP}
        config = {
            "VoilaConfiguration": {"resources": settings},
            "Voila": {"tornado_settings": {"headers": headers}},
        }
        (home / "config").mkdir()
        (home / "config/voila.json").write_text(json.dumps(config))

    def start(self) -> None:
        """Start and wait until it answers."""
        environment = {
            **os.environ,
            "JUPYTER_PATH": str(ROOT / "voila_templates"),
            "PAPER_HOME": str(self.home),
        }
        options = [
            "--template=contest",
            "--no-browser",
            f"--port={self.port}",
            f"--Voila.config_file_paths={self.home / 'config'}",
        ]
        with (self.home / "voila.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "voila", "thi.ipynb", *options],
                cwd=self.home,
                env=environment,
                stdout=log,
                stderr=log,
            )
        for _ in range(DEADLINE_SECONDS * 10):
            if self.answers():
                return
            try:
                self.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        raise RuntimeError((self.home / "voila.log").read_text())

    def answers(self) -> bool:
        """Return whether somebody serves the port."""
        address = f"{self.url}voila/templates/contest/static/look.css"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        """End the process, as a restart would."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def state(self) -> dict[str, Any]:
        """Return what the kernel has stored."""
        stored: dict[str, Any] = json.loads((self.home / "state.json").read_text())
        return stored

    def log(self) -> list[dict[str, Any]]:
        """Return the messages that reached a kernel."""
        lines = (self.home / "log.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]
