"""The lake: datasets as Parquet files beside PostgreSQL, by month, with where each file came from and what was wrong.

Names, numbers and what is sensitive never leave PostgreSQL; ids of people become pseudonyms on the way. It refuses to
average bad rows away: they are set aside with a reason and shown.
"""
