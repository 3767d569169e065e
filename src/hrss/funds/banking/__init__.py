"""Banking: the files a fund and its bank exchange, the folder they pass through, money that comes in.

The file to the bank is made and signed by the system; there is no download, edit and upload (F01, F11). What comes back
is read only when the bank's signature and the digest of our own file are right. Formats of other banks are other
adapters; this one is ours, for the simulated bank.
"""
