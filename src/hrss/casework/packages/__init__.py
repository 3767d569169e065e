"""Packages under way: which member waits for which, and what starts next."""
