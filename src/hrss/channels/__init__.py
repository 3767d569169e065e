"""Channels: the only place with HTTP, forms and templates; each face of the service is one folder."""
