"""Template tags for the few pages that stay Django templates (allauth's)."""
