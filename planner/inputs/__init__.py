"""Spreadsheets and reference files in: rows and findings, row by row; nothing is written here."""
