"""Tests of the house itself: floors, rights, privacy, words, templates, references."""
