"""Messages: what the bureau tells people, in an inbox of their own and by text message.

The inbox row is written in the transaction of the act it tells of; the text message goes out after the commit. It
refuses templates nobody wrote and facts that are missing, and keeps the text of text messages seven days.
"""
