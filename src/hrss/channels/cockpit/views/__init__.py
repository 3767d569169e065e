"""Views of the cockpit: boards, numbers, settings."""
