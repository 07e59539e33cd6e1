"""Threshold: no door is opened before care is ready."""

__version__ = "0.1.0"
