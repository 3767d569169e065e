"""Sessions of the peer for the same officers: ``python -m benchmarks.web.peer.sessions SCENES.json OUT.json``."""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402

from benchmarks.web.peer.models import Account  # noqa: E402


def signed_in(account_id):
    """Give the cookies of an officer."""
    account = Account.objects.get(id=account_id)
    session = SessionStore()
    session[SESSION_KEY] = str(account.id)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["purpose"] = "query"
    session.save()
    return f"sessionid={session.session_key}; csrftoken={_get_new_csrf_string()}"


if __name__ == "__main__":
    officers = json.loads(Path(sys.argv[1]).read_text())["officers"]
    Path(sys.argv[2]).write_text(json.dumps([signed_in(account) for account, _ in officers]))
