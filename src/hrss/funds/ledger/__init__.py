"""The ledger: double entry per fund in fen, cash basis, append-only; months close and stay closed.

An entry says how many lines it has and what they add up to; each line says how many details. The database accepts
neither more nor fewer, at commit at the latest. A mistake is answered by a reversing entry, never by a change.
"""
