"""What pages are drawn with: the desk, forms, widgets, calendar, theme."""
