"""Files: the lane by which files come in, the store they lie in, and who may open them.

A file is what its bytes are, not what its name says. Bytes are looked at in a child process with little memory and
time; the store is addressed by content. It refuses macros, scripts, bombs, encrypted files and unknown kinds.
This package's ``__init__`` and ``child`` import nothing of Django: the child process stays small.
"""
