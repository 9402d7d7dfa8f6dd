"""Where the database is, and how it starts.

`dsn` computes the connections (cheap, starts nothing); `launcher` runs the embedded PostgreSQL;
`roles` prepares the three roles and the database. Nothing here imports Django.
"""
