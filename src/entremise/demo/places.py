"""Invented structures and towns. None is a real commune: a test reads the official list.

A town leans on a real département for its public holidays and its point on the map, nothing more.
"""

# ruff: noqa: E501 -- a table reads in rows
from dataclasses import dataclass
from enum import StrEnum


class Trait(StrEnum):
    """What makes a structure worth having in a demo (domain.md, annex E)."""

    ORDINARY = ""
    MODEL = "model"
    SALES = "sales"
    BUS = "bus"
    ALSATIAN = "alsatian"
    TINY = "tiny"
    NEW = "new"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Place:
    """An invented structure and its invented towns, the first one being its seat."""

    name: str
    departement: str
    latitude: float
    longitude: float
    towns: tuple[str, ...]
    site_count: int
    trait: Trait = Trait.ORDINARY
    is_urban: bool = True


# In order of arrival: a small network keeps the first ones, so the edge cases come first.
PLACES: tuple[Place, ...] = (
    Place("La Passerelle de Valbrune", "42", 45.8, 4.2, ("Valbrune", "Rochevive"), 4, Trait.MODEL),
    Place("Le Comptoir solidaire de Marvence", "76", 49.6, 0.9, ("Marvence", "Port-Lanval"), 2, Trait.SALES),
    Place("La Navette des Trois-Larzes", "12", 44.3, 2.8, ("Pont-de-Larze", "Castelvieil-sur-Larze", "Trois-Larzes"), 1, Trait.BUS, is_urban=False),
    Place("L’Entraide d’Osterwiller", "67", 48.6, 7.5, ("Osterwiller", "Brumwiller"), 2, Trait.ALSATIAN),
    Place("Le Relais de Combelarge", "15", 45.0, 2.7, ("Combelarge",), 1, Trait.TINY, is_urban=False),
    Place("La Porte ouverte de Fresnelle", "60", 49.4, 2.4, ("Fresnelle",), 1, Trait.NEW),
    Place("La Maison d’Orgevoie", "58", 47.1, 3.5, ("Orgevoie",), 1, Trait.EMPTY, is_urban=False),
    Place("Le Trait d’union de Villegrise", "59", 50.5, 3.1, ("Villegrise", "Blancmarais"), 4),
    Place("L’Escale de Sauvemer", "13", 43.6, 5.1, ("Sauvemer", "Montaubrac"), 4),
    Place("Les Deux Rives de Grandelve", "31", 43.4, 1.3, ("Grandelve", "Lauzelande"), 3),
    Place("Le Fil d’Hautelande", "33", 44.9, -0.6, ("Hautelande", "Courtisombre"), 3),
    Place("La Boussole de Clairombre", "38", 45.3, 5.6, ("Clairombre", "Vaulignac"), 3),
    Place("L’Étape de Saint-Ormel", "35", 48.1, -1.7, ("Saint-Ormel", "Kerbrunec"), 3),
    Place("Le Pas de porte de Castelombre", "34", 43.6, 3.4, ("Castelombre", "Estagnol-les-Pins"), 2),
    Place("Le Guichet commun de Houtemare", "27", 49.1, 1.0, ("Houtemare", "Mareuvert"), 2),
    Place("La Clé des champs de Bellevrande", "86", 46.6, 0.5, ("Bellevrande", "Faverolande"), 2, is_urban=False),
    Place("Le Pont d’Arcelande", "69", 45.9, 4.6, ("Arcelande", "Belombre"), 3),
    Place("L’Appui de Bourg-Tancrède", "14", 49.1, -0.4, ("Bourg-Tancrède", "Bréauvert"), 2),
    Place("La Halte de Brumières", "57", 49.0, 6.6, ("Brumières", "Charmevent"), 2),
    Place("Le Carrefour d’Orvande", "21", 47.4, 4.8, ("Orvande", "Solignes"), 2),
    Place("L’Ancrage de Kerlanvec", "56", 47.8, -2.9, ("Kerlanvec", "Ploubrenac"), 2),
    Place("La Ruche de Lancerolle", "45", 47.9, 2.3, ("Lancerolle", "Clairvigne"), 2),
    Place("Le Chemin de Doulamont", "88", 48.2, 6.4, ("Doulamont", "Chavremont"), 2, is_urban=False),
    Place("Les Voisins de Vertemare", "44", 47.3, -1.7, ("Vertemare", "Marcelande"), 2),
    Place("Le Point du jour d’Esquillane", "11", 43.1, 2.4, ("Esquillane", "Peyrolande"), 2),
    Place("La Lanterne de Noirval-sur-Orle", "66", 42.6, 2.5, ("Noirval-sur-Orle", "Garrivaux"), 2, is_urban=False),
    Place("L’Écluse de Vignemarche", "89", 47.9, 3.6, ("Vignemarche", "Brèchemont"), 2, is_urban=False),
    Place("Le Préau de Chantevrille", "80", 49.9, 2.3, ("Chantevrille", "Quévremont"), 2),
    Place("La Place de Lormeval", "53", 48.1, -0.7, ("Lormeval", "Hautmarché"), 2, is_urban=False),
    Place("Le Balcon de Chaudelune", "73", 45.5, 6.4, ("Chaudelune", "Semprevent"), 2, is_urban=False),
    Place("Les Quatre Vents de Merveuil", "17", 45.7, -0.7, ("Merveuil", "Isselande"), 1),
)  # fmt: skip

# The bus of La Navette stops in three communes of two départements within one day.
BUS_STOPS = (
    ("Pont-de-Larze", "12", "place de la Fontaine", "Mo-Fr 09:00-11:00"),
    ("Castelvieil-sur-Larze", "12", "devant la salle des fêtes", "Mo-Fr 11:30-13:00"),
    ("Trois-Larzes", "34", "parking de la Bascule", "Mo-Fr 14:00-16:30"),
)
QUARTERS = (
    "Centre", "Les Tilleuls", "La Gare", "Le Port-Vieux", "Les Acacias", "La Butte",
    "Les Grands-Prés", "Le Faubourg", "Les Remparts", "La Source", "Le Clos", "L’Hippodrome",
)  # fmt: skip
STREETS = (
    "rue des Tilleuls", "place du Marché-Couvert", "avenue des Peupliers", "rue de la Source",
    "allée des Charmes", "rue du Vieux-Lavoir", "place de l’Ormeau", "chemin des Grands-Prés",
)  # fmt: skip
TOWN_CODES: dict[str, str] = {
    town: f"{rank:05d}"
    for rank, town in enumerate((t for place in PLACES for t in place.towns), start=1)
}


def departement_of_town(town: str) -> str:
    """Return the real département that an invented town leans on."""
    across = {stop[0]: stop[1] for stop in BUS_STOPS}
    return across.get(town) or next(p.departement for p in PLACES if town in p.towns)
