"""Service items as data: definitions, their files in packs, the transitions they declare, publication, search.

A definition is immutable; a running case keeps the version it began with.
"""
