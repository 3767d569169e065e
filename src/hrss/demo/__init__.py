"""The synthetic county: people, families, work, staff and cases, calibrated to the published figures of the plan.

Everything is drawn from a seed and can be drawn again; nobody in it exists. It refuses to touch a database that
already holds people it did not make.
"""
