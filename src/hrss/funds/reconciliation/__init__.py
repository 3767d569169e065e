"""Reconciliation (三方对账): our books against the bank's and the treasury's statements, every day, line by line.

Every difference is a break of one kind with an owner, a clock and an ending; a second person confirms it. It refuses
statement files whose own figures do not add up.
"""
