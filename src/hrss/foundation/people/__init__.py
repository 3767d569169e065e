"""People: persons, households, phones, bank accounts and addresses, each with its history.

A person is reached only through ``people.queries`` with an actor, and every look leaves an event. It refuses a second
record for one id number, a change of name and id number together by one clerk, and deletion.
"""
