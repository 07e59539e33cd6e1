"""Rules: pure functions over small frozen values; the standard library alone."""
