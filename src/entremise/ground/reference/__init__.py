"""National lists, communes and priority neighbourhoods, with their validity dates."""
