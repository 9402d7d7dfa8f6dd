"""Tests of the identifying-text guard."""
