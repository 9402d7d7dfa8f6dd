"""Addresses of acts and local tags."""

from django.urls import path

from entremise.practice.activity.views import acts, corrections, tags

urlpatterns = [
    path("accueils", acts.act_list, name="acts"),
    path("accueils/<uuid:act>", acts.act_page, name="act"),
    path("accueils/<uuid:act>/corriger", corrections.correct_act, name="correct_act"),
    path("accueils/<uuid:act>/annuler", corrections.undo_act, name="undo_act"),
    path("etiquettes", tags.local_tags, name="local_tags"),
    path("etiquettes/<uuid:pk>", tags.local_tags, name="edit_local_tag"),
]
