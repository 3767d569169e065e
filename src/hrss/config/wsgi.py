"""WSGI entry for the web workers; a worker that has just started gets ready in the background."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrss.config.settings")
application = get_wsgi_application()

from hrss.channels.portal.warming import warm_in_background  # noqa: E402 - settings are in place only now

warm_in_background()
