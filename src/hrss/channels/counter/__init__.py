"""The counter (综合柜员制): one window, any item; a sitting begins empty and ends empty. Village agents use it too.

It keeps nothing of a person in the browser, and refuses to serve two people at once.
"""
