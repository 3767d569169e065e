"""Numbering: business numbers people can read out on the phone, with a check digit.

22 digits: county 6, channel 1, day 8, running number 6, check 1. Numbers of a day come from a sequence of their own:
nobody waits for anybody, and a case that was not made leaves a gap. It refuses more than 999,999 cases a day.
"""

from hrss.foundation.numbering.case_numbers import CaseNumber, parse_case_number
from hrss.foundation.numbering.services import next_case_number, next_case_numbers

__all__ = ["CaseNumber", "next_case_number", "next_case_numbers", "parse_case_number"]
