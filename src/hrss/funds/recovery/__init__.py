"""Recovery (追回): what was paid and was not due, from the first finding to the last fen.

A debt's amount is that of paid lines, month by month. Three natural persons decide it, a plan, an offset; writing off
takes a fourth and the record of a meeting. It refuses to recover more than was paid too much, and any skipped step.
"""
