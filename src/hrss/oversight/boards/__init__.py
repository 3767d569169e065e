"""Boards: figures that are true the moment a batch is posted, from cubes PostgreSQL keeps itself.

Nobody can write a figure: the cubes belong to the owner role, the application may only read them.
"""
