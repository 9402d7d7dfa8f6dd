"""Addresses of the front door and of « Aujourd’hui »."""

from django.urls import path

from entremise.shell.web import views

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("aujourdhui", views.today, name="today"),
    path("aujourdhui/enregistrer", views.record_visit, name="record_visit"),
]
