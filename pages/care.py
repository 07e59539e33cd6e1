"""Places of care: bookings, places by night and reserves for planners; a provider's own side, as light as can be."""

from planner.ui.care_forms import draw_bookings
from planner.ui.care_nights import draw_nights
from planner.ui.care_own import draw_own
from planner.ui.care_reserves import draw_reserves
from planner.ui.care_telephone import draw_own_telephone
from planner.ui.desk import open_desk, show_flash
from planner.ui.export_forms import draw_export
from planner.ui.stand_in_forms import draw_stand_ins
from planner.ui.tabs import draw_tabs
from planner.ui.terms_forms import draw_own_terms
from planner.ui.widgets import page_header
from planner.views.care_own import sections

desk = open_desk("care")
page_header("Care")
show_flash()
with desk.reading() as look:
    mine = sections(look)

if mine.provides:
    draw_own_telephone(desk)
    draw_own(desk)
    draw_own_terms(desk)
    draw_stand_ins(desk)
if mine.plans:
    drawn = {"Bookings": draw_bookings, "Places by night": draw_nights}
    if mine.sets_reserves:
        drawn["Reserves"] = draw_reserves
    # Each is drawn only while it is open: what another brings along would delay it.
    for name, tab in draw_tabs(drawn).items():
        if tab.open:
            with tab:
                drawn[name](desk)
                draw_export("care", name)
