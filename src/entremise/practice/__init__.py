"""The trade, day by day."""
