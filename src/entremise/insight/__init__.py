"""Fourth floor: what we learn from practice, and what we publish of it."""
