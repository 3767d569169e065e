"""Access: posts and who gave them, what an actor may do, which pages exist, and who looked at whose data.

It refuses posts from two families in one natural person, a grant that skips one of its four steps, and a page that is
not in the route table.
"""
