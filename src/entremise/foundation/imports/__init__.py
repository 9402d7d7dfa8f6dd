"""Bringing a table in from a file: reading, mapping, dry run, report, confirmation and undo.

Knows no word of the trade: the domain that imports says what the columns mean.
"""
