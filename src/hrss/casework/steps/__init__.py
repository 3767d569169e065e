"""Steps: one act on a case, checked here for a good sentence and in the database for good."""
