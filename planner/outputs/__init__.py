"""Files out: calendars, tables, notices; every one carries its marking."""
