"""Places of care."""

from planner.ui.desk import open_desk
from planner.ui.widgets import page_header

desk = open_desk("care")
page_header("Care")
