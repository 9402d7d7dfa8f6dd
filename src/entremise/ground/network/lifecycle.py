"""The allowed moves of a point d'accueil."""

from entremise.ground.network.enums import SiteState

MOVES = {
    SiteState.OPEN: {SiteState.SUSPENDED, SiteState.CLOSED},
    SiteState.SUSPENDED: {SiteState.OPEN, SiteState.CLOSED},
    SiteState.CLOSED: set(),
}
