"""Funds (基金财务): books, payables, pay runs, bank files, reconciliation, recovery; one app a folder.

Money is integer fen in an append-only double-entry ledger per fund; every step on money has three natural persons.
It refuses amounts typed by hand: they come from ``hrss.rules`` or from a bank's or the treasury's own file.
"""
