"""Reading plan and projects."""
