"""Intake: forms, known values, materials, drafts, the check before sending, receipts, and the bulk lane."""
