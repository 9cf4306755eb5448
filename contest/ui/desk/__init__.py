"""The organisers' desk: what a log-in may see and do of a contest, and the page around it.

`session` knows who is there, `room` does what they may do; `phases`, `figures`, `matters`,
`ruling_fields` and `steps` are what is shown, without widgets; the page and its parts are them.
"""

from contest.ui.desk.page import DeskPage, desk_page

__all__ = ["DeskPage", "desk_page"]
