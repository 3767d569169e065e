"""Wiring: settings, URLs, the command line, embedded PostgreSQL and the supervisor. Nothing imports this part."""
