"""Employment (就业创业): who works, who seeks work, who needs help, derived from events.

It refuses to store a status nobody can trace: every status comes from an event with a case, an agency or a person.
"""
