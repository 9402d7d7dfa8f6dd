"""Identifiers, periods, French text, privacy declarations, and the registries of menus and to-dos."""
