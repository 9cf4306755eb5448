"""A notebook of ipywidgets' core controls, in which everything shows what it was set to."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

CELLS = [
    """
import ipywidgets as w
from IPython.display import HTML, display

slider = w.IntSlider(description="thanh", max=10)
progress = w.IntProgress(max=10)
number = w.IntText(description="số")
choice = w.Dropdown(options=["một", "hai", "ba"], description="chọn")
words = w.Text(description="chữ")
tick = w.Checkbox(description="đánh dấu")
""",
    """
radio = w.RadioButtons(options=["trái", "phải"], description="hướng")
several = w.SelectMultiple(options=["đỏ", "xanh"], description="màu")
toggle = w.ToggleButtons(options=["sáng", "tối"])
reach = w.FloatRangeSlider(value=(1, 2), max=5)
button = w.Button(description="bấm")
summary = w.HTML()
out = w.Output()
""",
    """
inputs = [slider, choice, words, tick, radio]

def summarise(change=None):
    values = "|".join(str(one.value) for one in inputs)
    summary.value = f"<b class='tom-tat'>{values}</b>"

for one in inputs:
    one.observe(summarise, "value")
summarise()
""",
    """
presses = []

def press(pressed):
    presses.append(words.value)
    with out:
        print("đã bấm", len(presses), words.value)

button.on_click(press)
""",
    """
w.jslink((slider, "value"), (progress, "value"))
linked = w.link((slider, "value"), (number, "value"))
form = w.VBox([slider, progress, number, choice, words, tick, radio, several, button])
tabs = w.Tab([form, w.HBox([toggle, reach])], titles=["một", "hai"])
tabs
""",
    "summary",
    "out",
    """
print("in ra")
display(HTML("<i class='hien'>hiện</i>"), w.Label("nhãn"))
1 + 1
""",
    """
with out:
    print("trong khung")
    display(3)
print("ngoài khung")
""",
    """
@w.interact(x=(0, 5))
def double(x=2):
    print("gấp đôi", x * 2)
    return {"x": x}
""",
    """
acc = w.Accordion([w.FloatText(1.5), w.BoundedIntText(3)], titles=["a", "b"])
slider.value = 4
display(acc)
(number.value, summary.value, len(w.Widget.get_manager_state()["state"]) > 20)
""",
]


def write_notebook(path: Path) -> Path:
    """Write the notebook, without outputs."""
    cells = [new_markdown_cell("# Các nút"), *(new_code_cell(cell.strip()) for cell in CELLS)]
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(notebook, path)
    return path
