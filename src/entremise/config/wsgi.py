"""The WSGI door, opened by granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entremise.config.settings")
application = get_wsgi_application()
