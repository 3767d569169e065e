"""Simulated agencies: police, civil affairs and market regulation, each a process of its own with the real protocol.

They answer from a file the demo county writes (``data.write``) and fail on demand. They use the standard library and
cryptography only, and refuse what a real agency would refuse: unsigned, stale, replayed or altered requests.
"""
