"""An uploaded file on its way: kept until it is imported, so that nothing is lost on the way."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from entremise.foundation.core.identifiers import ordered_id
from entremise.foundation.imports.enums import BatchState


class ImportBatch(models.Model):
    """A file, how to read it, where it stands and what became of its rows.

    `content` is emptied once imported; `undo` holds what is needed to go back.
    """

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(default=bytes)
    digest = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    undo = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.UPLOADED)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Privacy:
        free_text = {"file_name", "content", "mapping", "report", "undo"}
        internal = {
            "digest", "options", "uploaded_at", "uploaded_by", "done_at", "done_by", "undone_at",
            "undone_by",
        }  # fmt: skip
        neutral = {"id", "kind", "state"}

    class Meta:
        verbose_name_plural = "import batches"
        constraints = [
            models.CheckConstraint(
                name="%(class)s_done_at_and_by_together",
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_undone_at_and_by_together",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False, done_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["kind", "-uploaded_at"], name="%(class)s_of_kind")]

    def __str__(self) -> str:
        return self.file_name
