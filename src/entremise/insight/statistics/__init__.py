"""Figures: facts appended day by day, and indicators that say what they count."""
