"""Casework: service items as data, applications as cases, steps by posts, clocks, documents, ratings.

A case is a row with its state and append-only actions; the database refuses what the item's definition does not
declare. It refuses to know any business: what an item means is in its definition and its domain's handler.
"""
