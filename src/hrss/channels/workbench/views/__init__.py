"""Views of the workbench, one file a task of the officer."""
