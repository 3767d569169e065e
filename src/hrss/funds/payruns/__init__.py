"""Pay runs: a month's payments of one fund and benefit group, from the snapshot to the bank's answers in the ledger.

A run's lines are frozen with a hash, signed by three natural persons, sent once, answered line by line. A worker that
dies anywhere goes on where the database says; the same lines, the same hash. Amounts come from the rules alone.
"""
