"""Commands of the domain reference."""
