"""Management commands of the config app."""
