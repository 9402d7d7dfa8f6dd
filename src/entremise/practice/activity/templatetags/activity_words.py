"""Words of the desk in templates: `{% load activity_words %}`."""

from django import template
from django.utils.translation import gettext as _

from entremise.foundation.ui.formats import clock
from entremise.practice.activity.models import Activity

register = template.Library()

NOON = 48  # quarters


@register.filter
def moment(act: Activity) -> str:
    """Say when an act took place: its quarter, its hours for a wave, or what is left of them
    once they are effaced.
    """
    if act.coarsened_on:
        return _("le matin") if act.quarter < NOON else _("l’après-midi")
    return f"{clock(act.start)} – {clock(act.end)}" if act.end else clock(act.start)
