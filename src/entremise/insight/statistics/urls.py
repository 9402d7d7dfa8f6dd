"""Addresses of figures."""

from django.urls import path

from entremise.insight.statistics.views import figures, france_services

urlpatterns = [
    path("chiffres", figures.figures, name="figures"),
    path("chiffres/tables/<slug:table>.csv", figures.figures_csv, name="figures_csv"),
    path(
        "chiffres/france-services",
        france_services.france_services_table,
        name="france_services_table",
    ),
]
