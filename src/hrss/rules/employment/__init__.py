"""Employment: hardship groups, subsidies and their windows, start-up loans, training, statistics and warning."""
