"""Migrations of the domain activity."""
