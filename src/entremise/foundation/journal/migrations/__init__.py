"""Migrations of the domain journal."""
