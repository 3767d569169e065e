"""Writes of the lake: the lineage of a refresh."""
