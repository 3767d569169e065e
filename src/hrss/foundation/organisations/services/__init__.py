"""Verbs of organisations, one a file."""

from hrss.foundation.organisations.services.change_organisation import change_organisation
from hrss.foundation.organisations.services.close_organisation import close_organisation
from hrss.foundation.organisations.services.register_organisation import register_organisation

__all__ = ["change_organisation", "close_organisation", "register_organisation"]
