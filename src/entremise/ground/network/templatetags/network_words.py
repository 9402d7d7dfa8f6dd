"""How the network's numbers, states and dates are written: `{% load network_words %}`."""

from datetime import date, timedelta

import phonenumbers
from django import template
from stdnum.fr import siret as siret_number

from entremise.foundation.core.french import NO_BREAK_SPACE
from entremise.ground.network.enums import SiteState
from entremise.ground.network.queries import opening

register = template.Library()

TONES = {SiteState.OPEN: "ok", SiteState.SUSPENDED: "warn", SiteState.CLOSED: "none"}


@register.filter
def phone(number: str) -> str:
    """Write an E.164 number as its country does: 04 68 43 68 93."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    shape = phonenumbers.PhoneNumberFormat.NATIONAL
    return phonenumbers.format_number(parsed, shape).replace(" ", NO_BREAK_SPACE)


@register.filter
def siret(number: str) -> str:
    """Write a SIRET in groups: 732 829 320 00074."""
    return str(siret_number.format(number)).replace(" ", NO_BREAK_SPACE) if number else ""


@register.filter
def tone(state: str) -> str:
    """Give the colour of a place's state: ok, warn or none."""
    return TONES[SiteState(state)]


@register.filter
def last_day(ends_on: date | None) -> date | None:
    """Give the last day with a role, whose end is the first day without it."""
    return ends_on - timedelta(days=1) if ends_on else None


@register.filter
def stop_hours(text: str) -> str:
    """Write the hours of a stop."""
    return opening.stop_hours_in_words(text)
