"""Every address of the house: each domain names its own."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("entremise.shell.web.urls")),
    path("", include("entremise.insight.statistics.urls")),
    path("", include("entremise.practice.activity.urls")),
    path("", include("entremise.ground.network.urls")),
    path("", include("entremise.foundation.guard.urls")),
    path("", include("entremise.foundation.ui.urls")),
    path("compte/", include("entremise.foundation.accounts.urls")),
    path("langue", set_language, name="set_language"),
]
