"""Two append-only, hash-chained journals: decisions (kept) and accesses (purged after a year)."""
