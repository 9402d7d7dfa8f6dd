"""One row a visit, two indexes."""

from django.db import models


class FloorVisit(models.Model):
    """What a bare form would keep."""

    day = models.DateField(db_index=True)
    theme = models.CharField(max_length=40, db_index=True)
    outcome = models.CharField(max_length=40, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Privacy:
        neutral = {"id", "day", "theme", "outcome", "minutes"}

    def __str__(self) -> str:
        return self.theme
