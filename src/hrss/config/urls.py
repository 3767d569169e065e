"""The URLconf, built from the channels' route tables; an address without a Route does not exist.

The few pages of allauth that are used (staff sign-in, second factor, sessions) are listed by name; the others are not
served.
"""

from __future__ import annotations

from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from allauth.socialaccount import urls as social_urls
from allauth.socialaccount.providers.openid_connect import urls as oidc_urls
from allauth.usersessions import urls as session_urls
from django.urls import URLPattern, URLResolver, include, path

from hrss.channels.api.endpoint import PREFIX
from hrss.channels.api.house import api
from hrss.channels.api.routes import DOCS
from hrss.channels.api.routes import ROUTES as API
from hrss.channels.cockpit.routes import ROUTES as COCKPIT
from hrss.channels.counter.routes import ROUTES as COUNTER
from hrss.channels.portal.routes import ROUTES as PORTAL
from hrss.channels.ui.gate import patterns
from hrss.channels.ui.routes import ROUTES as UI
from hrss.channels.ui.shelves import Shelves
from hrss.channels.workbench.routes import ROUTES as WORKBENCH
from hrss.foundation.access.routes import register

SIGN_IN_PAGES = frozenset({"account_login", "account_logout", "account_reauthenticate", "account_change_password"})

handler400 = "hrss.channels.ui.views.bad_request"
handler403 = "hrss.channels.ui.views.forbidden"
handler404 = "hrss.channels.ui.views.not_found"
handler500 = "hrss.channels.ui.views.server_error"

for routes in (UI, PORTAL, COUNTER, WORKBENCH, COCKPIT, API):
    register(routes)

_PAGES = [
    *patterns(UI, channel="portal"),
    *patterns(PORTAL, channel="portal"),
    *patterns(COUNTER, channel="counter"),
    *patterns(WORKBENCH, channel="workbench"),
    *patterns(COCKPIT, channel="cockpit"),
    *patterns((DOCS,), channel="api"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    Shelves(_PAGES),
    path(f"{PREFIX}/", api.urls),
    path("accounts/", include([one for one in account_urls.urlpatterns if getattr(one, "name", "") in SIGN_IN_PAGES])),
    path("accounts/2fa/", include(mfa_urls)),
    path("accounts/sessions/", include(session_urls)),
    path("accounts/3rdparty/", include(social_urls)),
    path("accounts/", include(oidc_urls)),
]
