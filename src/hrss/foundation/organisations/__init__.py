"""Organisations: employers, agencies, training bodies and service points.

Names and credit codes are public register facts and readable by all; writing is limited to scope and to the
organisation itself. It refuses a second record for one credit code.
"""
