"""Plain values every part shares: identifiers, money, months, working days, actors, problems, outcomes.

No Django, no I/O, no clock: a value here is the same on every machine on every day.
"""
