"""The application of shared components: templates, tags, error pages and their gallery."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "entremise.foundation.ui"
    label = "ui"
    verbose_name = "Composants d’écran"
