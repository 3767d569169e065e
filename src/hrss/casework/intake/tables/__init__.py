"""Tables people hand in: read as columns, checked as columns, loaded as bytes. Never a row object a line."""
