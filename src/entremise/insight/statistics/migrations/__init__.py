"""Migrations of the domain statistics."""
