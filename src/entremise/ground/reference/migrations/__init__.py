"""Migrations of the domain reference."""
