"""WSGI entry for the web workers; a worker that has just started gets ready in the background.

What is loaded stays for good: it is taken out of the sight of Python's collector, which then looks at what requests
leave behind, and less often than for a short script.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrss.config.settings")
application = get_wsgi_application()

from hrss.channels.portal.warming import warm_in_background  # noqa: E402 - settings are in place only now

gc.collect()
gc.freeze()
gc.set_threshold(25_000, 20, 20)
warm_in_background()
