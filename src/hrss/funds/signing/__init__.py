"""Signing: three posts by three natural persons put their names to the same content, in order, once.

A subject is (source, reference), the same pair the ledger posts under; what is signed is a digest. The database
refuses a second step by the same natural person, a step out of order, other content than the first signer saw.
"""
