"""Template tags of the domain statistics."""
