"""The product's settings, plus the floor: same server, middleware and session."""

from entremise.config.settings import *  # noqa: F403 -- settings are inherited whole
from entremise.config.settings import INSTALLED_APPS

INSTALLED_APPS = ["floor.apps.FloorConfig", *INSTALLED_APPS]
ROOT_URLCONF = "floor.urls"
