"""What may be written about indicators: measurements, statements, their review, release, return and correction."""
