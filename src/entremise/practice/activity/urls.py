"""Addresses of acts and local tags."""

from django.urls import path

from entremise.practice.activity.views import (
    acts,
    closings,
    corrections,
    export,
    mine,
    reviews,
    sheets,
    tags,
    waves,
)

urlpatterns = [
    path("accueils", acts.act_list, name="acts"),
    path("accueils/export.csv", export.export_acts, name="export_acts"),
    path("accueils/<uuid:act>", acts.act_page, name="act"),
    path("accueils/<uuid:act>/corriger", corrections.correct_act, name="correct_act"),
    path("accueils/<uuid:act>/annuler", corrections.undo_act, name="undo_act"),
    path("relecture", reviews.reviews, name="reviews"),
    path("relecture/<uuid:site>/<str:day>", reviews.review_day, name="review_day"),
    path("mois", closings.months, name="months"),
    path("mois/<str:month>", closings.month, name="month"),
    path("mois/<str:month>/clore", closings.close_month, name="close_month"),
    path("aujourdhui/vague", waves.record_wave, name="record_wave"),
    path("feuille", sheets.tally_sheet, name="tally_sheet"),
    path("feuille/saisir", sheets.enter_sheet, name="enter_sheet"),
    path("mon-activite", mine.my_activity, name="my_activity"),
    path("etiquettes", tags.local_tags, name="local_tags"),
    path("etiquettes/<uuid:pk>", tags.local_tags, name="edit_local_tag"),
]
