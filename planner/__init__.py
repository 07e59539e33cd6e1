"""Threshold: no door is opened before care is ready."""

from planner.collector import collect_seldom

__version__ = "0.1.0"

collect_seldom()  # from the first import on: what is imported is never garbage
