"""Payables: who is entitled to which benefit for which months, and every attempt to pay a month.

An entitlement comes from a case decided by three natural persons (or a take-over three persons signed), never from a
form of its own. One live payment per person, benefit, month and purpose; paid months are never rewritten.
"""
