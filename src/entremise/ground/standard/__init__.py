"""The standard as data: registers, principles, editions, in our own words."""
