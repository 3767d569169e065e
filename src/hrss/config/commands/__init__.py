"""The commands of ``./hrss``, one file each: ``SUMMARY`` is its line in the help, ``main(arguments)`` its work."""
