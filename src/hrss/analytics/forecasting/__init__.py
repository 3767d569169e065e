"""Forecasts of monthly figures with their uncertainty, by simulated paths.

A forecast is never a figure without its band. It refuses a series that is too short to say anything.
"""

from hrss.analytics.forecasting.outlook import Band, Outlook, outlook

__all__ = ["Band", "Outlook", "outlook"]
