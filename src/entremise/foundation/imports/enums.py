"""Closed lists of the domain imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """The life of an uploaded file."""

    UPLOADED = "uploaded", _("déposé")
    CHECKED = "checked", _("essayé à blanc")
    DONE = "done", _("importé")
    UNDONE = "undone", _("annulé")


class Fate(models.TextChoices):
    """What becomes of a row."""

    CREATED = "created", _("ajoutée")
    UPDATED = "updated", _("modifiée")
    UNCHANGED = "unchanged", _("inchangée")
    REFUSED = "refused", _("refusée")
