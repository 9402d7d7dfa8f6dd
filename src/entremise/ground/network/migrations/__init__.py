"""Migrations of the domain network."""
