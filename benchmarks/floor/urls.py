"""The floor beside the product."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from entremise.foundation.access.actors import acting_as, actor_of
from floor.models import FloorVisit


class FloorForm(forms.ModelForm):
    """The four fields."""

    class Meta:
        model = FloorVisit
        fields = ["day", "theme", "outcome", "minutes"]


@login_required
def record_on_the_floor(request: HttpRequest) -> HttpResponse:
    """Validate and insert, in a transaction that names who acts."""
    with acting_as(actor_of(request)):
        form = FloorForm(request.POST)
        if not form.is_valid():
            return HttpResponse(form.errors.as_text(), status=422)
        form.save()
    return redirect("today")


urlpatterns = [
    path("floor", record_on_the_floor),
    path("", include("entremise.config.urls")),
]
