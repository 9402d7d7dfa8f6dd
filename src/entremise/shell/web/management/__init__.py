"""Commands of the domain web."""
