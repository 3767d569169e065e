"""Talent and public institutions: posts, contracts, assessment, sanctions, recruitment, education, skill grades."""
