"""Month, week and agenda; what of it is taken out as a file; feeds."""

from collections.abc import Callable, Sequence

from planner.ui.calendar_page import choose_scope, draw_calendar, row_asked
from planner.ui.calendar_taking import draw_taking
from planner.ui.desk import open_desk, show_flash
from planner.ui.feed_forms import draw_feeds
from planner.ui.tabs import draw_tabs
from planner.ui.widgets import page_header
from planner.views.calendar_scopes import ScopeRow, own_scopes
from planner.work import Desk


def _draw_taking(desk: Desk, scopes: Sequence[ScopeRow], row: ScopeRow) -> None:
    choose_scope(scopes)
    draw_taking(desk, row)


def _draw_feeds(desk: Desk, scopes: Sequence[ScopeRow], row: ScopeRow) -> None:
    choose_scope(scopes)
    draw_feeds(desk, row)


# Each is drawn only while it is open: fields bring code along that would delay the days.
TABS: dict[str, Callable[[Desk, Sequence[ScopeRow], ScopeRow], None]] = {
    "Calendar": draw_calendar,
    "Take it out": _draw_taking,
    "Feeds": _draw_feeds,
}

desk = open_desk("calendar")
page_header("Calendar")
show_flash()
with desk.reading() as look:
    scopes = own_scopes(look)
row = row_asked(scopes)
for name, tab in draw_tabs(TABS).items():
    if tab.open:
        with tab:
            TABS[name](desk, scopes, row)
