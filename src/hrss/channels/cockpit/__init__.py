"""The cockpit: what those who answer for the county see, on a wall, at a desk and on a phone.

It shows counts and never a person; every number leads to its meaning, its period, its source and its rows.
"""
