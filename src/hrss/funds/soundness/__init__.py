"""Soundness: invariants of money as SQL views that must be empty; money stops while one is not.

A part that keeps money registers its invariants; a job looks at all of them, and ``guard.require_sound`` looks again
before each step on money. It refuses to go on with a fund whose books cannot be trusted.
"""
