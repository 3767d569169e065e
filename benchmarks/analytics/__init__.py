"""Benchmarks of the boards and the lake against scans of the same rows."""
