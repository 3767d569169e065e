"""Statements of a fund (会计报表): trial balance, balance sheet, income statement, as PDF and xlsx.

Figures come from the books of that moment and say whether the month is closed; nothing here can be typed in.
"""
