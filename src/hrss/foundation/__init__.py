"""What every domain stands on: scope, audit, calendar, jobs, people, organisations, identity, access, files, messages.

Low to high: scope → audit, calendar, outbox, jobs, crypto → verbs → regions → people → organisations → identity →
access → files, messages, numbering. Nothing here knows a business domain.
"""
