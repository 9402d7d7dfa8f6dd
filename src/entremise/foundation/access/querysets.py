"""Querysets that know who looks."""

from typing import Any, Self

from django.db import models

from entremise.foundation.access import rights


class VisibleQuerySet(models.QuerySet[Any]):
    """A queryset whose rows can be narrowed to what a person may know."""

    def visible_to(self, person: Any, *, may: Any = None) -> Self:
        """Keep the rows on which the person holds `may`, by default the right to read them."""
        permission = may or rights.reading_permission(self.model)
        return self.filter(rights.rows_for(person, permission))
