"""Calendar: which days are worked, as the State Council announces them, and due dates counted over them.

Every legal period goes through ``services.due``. It refuses to count beyond the last confirmed year, and a change of
the calendar needs two persons.
"""
