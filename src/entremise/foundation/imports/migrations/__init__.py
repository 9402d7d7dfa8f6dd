"""Migrations of the domain imports."""
