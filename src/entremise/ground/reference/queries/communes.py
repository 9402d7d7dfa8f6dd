"""Finding a commune by name, postal code or INSEE code, and what a code has become."""

import re
from datetime import date

from django.db.models import Case, CharField, F, Func, Q, QuerySet, Value, When

from entremise.foundation.core.french import search_key
from entremise.ground.reference.enums import CommuneKind
from entremise.ground.reference.errors import UnknownCommune
from entremise.ground.reference.models import Commune, FormerCommune, Qpv

_CODE = re.compile(r"^\d[\dab]\d{0,3}$|^\d$")
_MERGED = (CommuneKind.DELEGATED, CommuneKind.ASSOCIATED, CommuneKind.FORMER)
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def communes_matching(text: str, limit: int = 10) -> list[Commune]:
    """Return the communes that the text may designate, the likeliest first.

    By name without accents (the exact name, then names that begin with the text, then a word
    inside), by the beginning of a postal code or of an INSEE code; the largest first among
    equals. Former communes are found through `commune_for`, not here. Empty text, empty list.
    """
    key = search_key(text)
    if not key:
        return []
    communes = Commune.objects.exclude(kind=CommuneKind.FORMER).select_related("departement")
    found = _by_code(communes, key) if _CODE.match(key) else _by_name(communes, key)
    return list(found[:limit])


def commune_for(code: str) -> Commune:
    """Return the commune or district that an INSEE code designates today, following mergers.

    Raises UnknownCommune.
    """
    commune = Commune.objects.select_related("parent").filter(code=code).first()
    if commune is None:
        former = FormerCommune.objects.select_related("merged_into").filter(code=code).first()
        if former is None:
            raise UnknownCommune(code)
        commune = former.merged_into
    if commune.kind in _MERGED and commune.parent is not None:
        return commune.parent
    return commune


def commune_codes_today() -> dict[str, str]:
    """Return every known INSEE code with the code it has today, for whole files; two queries."""
    today = dict(FormerCommune.objects.values_list("code", "merged_into_id"))
    for code, kind, parent in Commune.objects.values_list("code", "kind", "parent_id"):
        today[code] = parent if kind in _MERGED and parent else code
    return today


def whole_commune_of(commune: Commune) -> Commune:
    """Return Paris, Lyon or Marseille for one of its districts, else the commune itself.

    Zonings (EPCI, QPV) use the whole, addresses use the district.
    """
    if commune.kind == CommuneKind.DISTRICT and commune.parent is not None:
        return commune.parent
    return commune


def qpvs_of(commune: Commune, day: date) -> QuerySet[Qpv]:
    """Return the priority neighbourhoods that touch the commune that day, by name.

    It says that the commune has them, never that an address is in one.
    """
    whole = whole_commune_of(commune)
    return Qpv.objects.in_force(day).filter(communes=whole).order_by("search_name", "code")


def _by_name(communes: QuerySet[Commune], key: str) -> QuerySet[Commune]:
    key = " ".join(_SAINTS.get(word, word) for word in key.split())
    starts = Q(search_name__startswith=key)
    found = communes.filter(starts | Q(search_name__contains=f" {key}"))
    rank = Case(When(search_name=key, then=0), When(starts, then=1), default=2)
    return _likeliest_first(found, rank)


def _by_code(communes: QuerySet[Commune], key: str) -> QuerySet[Commune]:
    code = key.upper()
    joined = Func(
        F("postal_codes"), Value(" "), function="array_to_string", output_field=CharField()
    )
    found = communes.alias(joined_codes=joined).filter(
        Q(code__startswith=code)
        | Q(joined_codes__startswith=code)
        | Q(joined_codes__contains=f" {code}")
    )
    return _likeliest_first(found, Case(When(code=code, then=0), default=1))


def _likeliest_first(communes: QuerySet[Commune], rank: Case) -> QuerySet[Commune]:
    return communes.order_by(rank, F("population").desc(nulls_last=True), "search_name", "code")
