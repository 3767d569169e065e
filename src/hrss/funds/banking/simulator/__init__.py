"""The simulated bank: a process of its own that takes orders from the folder, keeps its own books and answers.

It pays a line once whatever is sent twice, and misbehaves as told (``Books.set_answer``, ``Books.set_quirk``). No part
of the platform imports it; it imports the file format alone.
"""
