"""hrss, the smart human-resources-and-social-security platform of one county.

Each sub-package is one part of the house (``docs/architecture.md``); a part imports only what lies below it.
"""
