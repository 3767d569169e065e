"""Documents: PDF by typst from templates, with a code anybody can verify. They say what was decided, nothing more."""
