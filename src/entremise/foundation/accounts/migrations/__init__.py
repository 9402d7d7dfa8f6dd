"""Migrations of the domain accounts."""
