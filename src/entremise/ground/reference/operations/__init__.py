"""What loads the reference: national lists, territory, priority neighbourhoods."""

from entremise.ground.reference.operations.national_lists import ListsReport, load_national_lists
from entremise.ground.reference.operations.neighbourhoods import QpvReport, load_qpv
from entremise.ground.reference.operations.territory import TerritoryReport, load_territory

__all__ = [
    "ListsReport",
    "QpvReport",
    "TerritoryReport",
    "load_national_lists",
    "load_qpv",
    "load_territory",
]
