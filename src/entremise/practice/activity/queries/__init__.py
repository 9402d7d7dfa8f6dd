"""Questions about acts: the day, the list, one act."""
