"""Sealed text: one data key per structure, wrapped by a master key that no database ever holds."""
