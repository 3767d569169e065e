"""Views of the portal, one file a task of the person."""
