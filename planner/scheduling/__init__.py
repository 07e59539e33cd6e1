"""Placement of many actions at once: arrays in, arrays out. The rules in `planner/rules` say what is meant."""
