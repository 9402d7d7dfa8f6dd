"""The gallery: every component in its states, with invented figures."""

from datetime import date, time

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from entremise.foundation.ui.forms import SampleFilters, SampleForm

HOURS = [
    ("9 h", 3),
    ("10 h", 5),
    ("11 h", 6),
    ("12 h", 1),
    ("13 h", 0),
    ("14 h", 4),
    ("15 h", 3),
    ("16 h", 1),
]
SERIES = range(1, 9)
MATRIX = [
    ("Alpha", ["ok", "ok", "ok", "ok", "ok"]),
    ("Bravo", ["ok", "warn", "ok", "ok", "ok"]),
    ("Charlie", ["ok", "ok", "bad", "none", "ok"]),
]


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    blank = SampleForm(
        initial={"reason": "energy", "work": ["explain"], "people": 12}, prefix="blank"
    )
    refused = SampleForm(
        {"refused-mail": "sans arobase", "refused-people": "120"}, prefix="refused"
    )
    words = {
        "ok": _("Conforme"),
        "warn": _("À surveiller"),
        "bad": _("Écart"),
        "none": _("Non évaluable"),
    }
    context = {
        "blank": blank,
        "refused": refused,
        "filters_form": SampleFilters(request.GET),
        "page_obj": Paginator(range(1083), 25).get_page(request.GET.get("page", 4)),
        "hours": [(label.replace(" ", "\u00a0"), count) for label, count in HOURS],
        "shares": [
            (_("CAF et droits sociaux"), 24),
            (_("Énergie"), 19),
            (_("Impôts"), 13),
            (_("Logement"), 9),
        ],
        "last_acts": [
            (
                time(16, 0),
                _("Facture d’énergie"),
                _("Incompréhension levée, échéancier obtenu"),
                "3",
            ),
            (time(15, 45), _("CAF et droits sociaux"), _("Aide à une démarche, reviendra"), "–"),
            (time(15, 15), _("Courrier à comprendre"), _("Information"), "–"),
        ],
        "facts": [
            (_("Adresse"), "12 rue des Tilleuls, 00001 Valmorel-les-Ponts"),
            (_("Téléphone"), "01 99 00 12 34"),
            (_("Site"), ""),
        ],
        "words": words,
        "statuses": list(words.items()),
        "matrix": [(name, [(kind, words[kind]) for kind in kinds]) for name, kinds in MATRIX],
        "columns": [
            _("Libre consentement"),
            _("Confidentialité"),
            _("Autonomie"),
            _("Formation"),
            _("Satisfaction"),
        ],
        "series": SERIES,
        "sample_day": date(2026, 11, 23),
    }
    return render(request, "ui/gallery.html", context)
