"""Several connections, one database: which role does what."""

from typing import Any


class OneDatabase:
    """All aliases reach the same database under other roles; only the owner migrates."""

    def allow_relation(self, *_: Any, **__: Any) -> bool:
        """Relate objects read through any connection: it is the same database."""
        return True

    def allow_migrate(self, db: str, *_: Any, **__: Any) -> bool:
        """Let the owner alone change the tables."""
        return db == "owner"
