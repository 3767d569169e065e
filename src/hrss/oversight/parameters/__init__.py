"""Parameters of the county changed while the platform runs: proposed by one person, approved by another, for later."""
