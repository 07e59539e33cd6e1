"""Queries for pages and exports: frozen rows, nothing changed."""
