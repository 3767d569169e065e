"""Adapters to other agencies: the signed protocol, the directory of agencies, keys and the client.

Nothing here knows Django or the ledger: bytes go out signed, come back verified, and every way to fail is classed.
"""
