"""Rules as code: every formula of the field, exact, dated, explained and fast. Pure Python, no Django, no I/O.

``engine`` is the language, the folders beside it are the law by family, ``parameters`` the dated values,
``cases`` the runner of published cases. How to write a rule: ``README.md`` in this folder.
"""
