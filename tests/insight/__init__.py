"""Tests of the floor insight."""
