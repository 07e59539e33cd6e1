"""Placement of many actions at once, and re-packing of bookings. The rules in `planner/rules` say what is meant."""
