"""Writes of the boards: the morning brief."""
