"""Commands of the domain journal."""
