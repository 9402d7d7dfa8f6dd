"""Identifiers, periods, French text, privacy declarations, registries of menus and to-dos."""
