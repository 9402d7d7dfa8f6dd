"""Tests of the domain statistics."""
