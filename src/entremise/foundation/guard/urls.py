"""The address of the check while typing."""

from django.urls import path

from entremise.foundation.guard.views import check_note

urlpatterns = [path("note/verifier", check_note, name="check_note")]
