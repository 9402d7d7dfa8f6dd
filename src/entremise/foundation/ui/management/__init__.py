"""Commands of the components."""
