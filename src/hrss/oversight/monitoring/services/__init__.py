"""What may be written about alerts: one run of a rule, and the measure an officer takes."""
