"""共享协同: named questions to other parts and other agencies, their answers, and the ledger of who asked what.

A question is asked by name, for a purpose its catalogue entry permits, by someone it permits; every question leaves a
line the person concerned can read. It refuses questions that are not in the catalogue and answers that do not fit it.
"""
