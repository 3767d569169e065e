"""What may be written about parameters: a proposal, and the decision of another person."""
