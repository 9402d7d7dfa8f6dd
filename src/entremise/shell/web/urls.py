"""Addresses of the front door and of « Aujourd’hui »."""

from django.urls import path

from entremise.shell.web import counter, recording, views

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("aujourdhui", views.today, name="today"),
    path("aujourdhui/enregistrer", recording.record_visit, name="record_visit"),
    path("poste/changer", counter.change_person, name="change_person"),
    path("poste/verrouiller", counter.lock, name="lock"),
    path("poste/deverrouiller", counter.unlock, name="unlock"),
    path("poste/mot-de-passe", counter.confirm_password, name="confirm_password"),
    path("poste/present", counter.still_here, name="still_here"),
    path("poste/discret", counter.discreet_mode, name="discreet_mode"),
]
