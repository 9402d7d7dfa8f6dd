"""Commands of the domain statistics."""
