"""The base of the kit's own widgets: one class for the public pages and for JupyterLab.

The models carry anywidget's names, so stock anywidget shows them in JupyterLab
and in Voilà's full front end. The public pages have the widgets' code in their
own bundle and find it by `_anywidget_id`; only elsewhere is it sent along as
`_esm` and `_css`. The traits stand on the class: anywidget's own base class
would make a new class for every single widget.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import traitlets
from anywidget import __version__ as anywidget_version
from ipywidgets import Widget

HERE = Path(__file__).parent
_VERSION = f"~{anywidget_version.rsplit('.', 1)[0]}.*"


class BundledWidget(Widget):
    """A widget whose browser side lies in `<bundle>.bundle.js` and `<style>` beside this file.

    Parameters
    ----------
    carry_code : bool
        Send the code with the widget, for front ends that don't have it.
    """

    bundle: ClassVar[str]
    style_file: ClassVar[str]

    _model_name = traitlets.Unicode("AnyModel").tag(sync=True)
    _model_module = traitlets.Unicode("anywidget").tag(sync=True)
    _model_module_version = traitlets.Unicode(_VERSION).tag(sync=True)
    _view_name = traitlets.Unicode("AnyView").tag(sync=True)
    _view_module = traitlets.Unicode("anywidget").tag(sync=True)
    _view_module_version = traitlets.Unicode(_VERSION).tag(sync=True)
    _anywidget_id = traitlets.Unicode().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def __init__(self, *, carry_code: bool, **kwargs: Any) -> None:
        if carry_code:
            kwargs["_esm"] = (HERE / self.bundle).read_text(encoding="utf-8")
            kwargs["_css"] = (HERE / self.style_file).read_text(encoding="utf-8")
        super().__init__(**kwargs)
