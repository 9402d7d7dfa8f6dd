"""Migrations of the domain vault."""
