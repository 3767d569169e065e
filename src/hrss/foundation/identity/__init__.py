"""Identity: accounts, how they prove who they are, and who may act for whom.

Staff sign in with password and a second factor, the public with a text-message code or the city's sign-on. It refuses
a second account of one kind for one natural person, and staff without a second factor.
"""
