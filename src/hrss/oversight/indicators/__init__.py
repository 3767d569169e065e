"""Indicators: definitions as data, measurements taken from rows, review and release by two persons, forecasts."""
