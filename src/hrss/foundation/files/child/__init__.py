"""What runs in the child process: judging one file's bytes. Standard library only, no Django, no network.

Each checker raises ``Refused`` with a sentence for the person who uploaded the file.
"""
