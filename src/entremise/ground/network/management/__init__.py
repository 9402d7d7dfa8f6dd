"""Commands of the domain network."""
