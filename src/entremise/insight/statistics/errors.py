"""Refusals of the domain statistics."""

from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.errors import Refusal


class DayNotOver(Refusal):
    """A day is folded once nothing more can be recorded on it."""

    message = _("Ce jour n’est pas terminé : les chiffres sont repliés jusqu’à la veille.")
