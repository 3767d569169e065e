"""Cases: fetching one for work, its facts for handlers, its standing for permissions, its number."""
