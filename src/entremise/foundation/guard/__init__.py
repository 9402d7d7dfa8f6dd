"""The identifying-text guard: what a free text says of a person, seen before it is kept."""
