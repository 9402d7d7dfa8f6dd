"""What was loaded and when: loading the same source again does nothing."""

from django.db import models


class LoadedSource(models.Model):
    """The last state loaded of a source; the journal tells by whom."""

    name = models.CharField(primary_key=True, max_length=40)
    fingerprint = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Privacy:
        neutral = {"name", "fingerprint", "loaded_at"}

    def __str__(self) -> str:
        return self.name
