"""An act told in words, for its page: only what was asked, and never when it was typed."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from entremise.practice.activity.enums import NOT_ASKED, UNDISCLOSED, Presence, Sex
from entremise.practice.activity.models import Activity, Request

Facts = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """A version with its facts and those of its requests, ready to be shown."""

    version: Activity
    facts: Facts
    requests: list[tuple[str, Facts]]


def tell(versions: list[Activity], bands: dict[str, str]) -> list[ToldVersion]:
    """Return the versions in words, the latest first; `bands` names each age band."""
    return [
        ToldVersion(v, _facts(v, bands), [_request(request) for request in v.requests.all()])
        for v in reversed(versions)
    ]


def _facts(act: Activity, bands: dict[str, str]) -> Facts:
    pairs: Facts = [
        (_("point d’accueil"), act.site.name),
        (_("lieu"), _place(act)),
        (_("qui a reçu"), _people(act)),
        (_("mode de contact"), act.get_mode_display()),
        (_("durée"), _("%(n)d min") % {"n": act.minutes} if act.minutes else ""),
        (_("registre"), str(act.main_register) if act.main_register else _("aucun registre")),
        (_("origine"), act.get_origin_display()),
        (_("public"), _public(act, bands)),
        (_("déclaré ou estimé"), act.get_basis_display()),
        (_("présence"), ", ".join(str(Presence(code).label) for code in act.presence)),
        (_("première venue"), act.get_first_visit_display()),
        (_("commune de résidence"), act.commune or _answer(act, act.get_commune_answer_display())),
        (_("quartier prioritaire"), act.qpv or act.get_qpv_answer_display()),
        (_("autonomie"), act.get_autonomy_display()),
        (_("mandat"), _mandate(act)),
    ]
    always = {_("registre"), _("public"), _("durée")}
    return [
        (label, value or _("non renseigné")) for label, value in pairs if value or label in always
    ]


def _answer(act: Activity, told: str) -> str:
    """Say of a commune effaced with time that it was told once, and not a bare « oui »."""
    return _("effacée après 24 mois") if act.coarsened_on and act.commune_answer == "yes" else told


def _place(act: Activity) -> str:
    place = act.stop or act.place_commune
    return (
        f"{act.get_place_kind_display()} · {place}" if place else str(act.get_place_kind_display())
    )


def _people(act: Activity) -> str:
    names = [str(m.user) for m in (act.mediator, act.second_mediator) if m]
    return ", ".join(names) + (_(" (sous supervision)") if act.supervised else "")


def _public(act: Activity, bands: dict[str, str]) -> str:
    named = bands | {UNDISCLOSED: _("âge non communiqué"), NOT_ASKED: _("âge non demandé")}
    return ", ".join(
        f"{group.people_count} × {Sex(group.sex).label}, {named.get(group.band, group.band)}"
        for group in act.participants.all()
    )


def _mandate(act: Activity) -> str:
    if act.mandate_until:
        return _("%(kind)s jusqu’au %(day)s") % {
            "kind": act.get_mandate_display(),
            "day": act.mandate_until.strftime("%d/%m/%Y"),
        }
    return str(act.get_mandate_display())


def _request(request: Request) -> tuple[str, Facts]:
    pairs: Facts = [
        (_("organisme"), request.operator.name if request.operator else ""),
        (_("ce qui a été fait"), request.nature.name if request.nature else ""),
        (_("explication"), request.get_explanation_display()),
        (_("issue"), request.outcome.name if request.outcome else ""),
        (_("cadre"), request.get_frame_display()),
        (_("minutes"), request.minutes or ""),
        (_("étiquette locale"), str(request.local_tag or "")),
    ]
    return request.theme.name, [(label, value) for label, value in pairs if value]
