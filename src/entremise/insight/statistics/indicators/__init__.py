"""One indicator a file: title, definition, unit, grain, population, exclusions, source."""

from entremise.insight.statistics.indicators import (
    accompaniments,
    activities,
    beneficiaries,
    load,
    passages,
    requests,
)

COUNTERS = (
    activities.INDICATOR,
    passages.INDICATOR,
    requests.INDICATOR,
    accompaniments.INDICATOR,
)
DICTIONARY = (*COUNTERS, beneficiaries.INDICATOR, load.INDICATOR)
