"""Commands of the domain activity."""
