"""The gallery of components."""

from django.urls import path

from entremise.foundation.ui.views import gallery

urlpatterns = [path("composants", gallery, name="gallery")]
