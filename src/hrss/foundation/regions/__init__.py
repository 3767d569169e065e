"""Regions: the county, its townships and villages, with validity in time.

Keyed on the statistical code (a prefix code); the civil-affairs code is kept beside it and never used to join. It
refuses a village without its township and a code of the wrong length.
"""
