"""Oversight (决策监管、智能监控): indicators, monitoring and projects, computed from what happened.

It reads through datasets only and types no number in; it refuses to change a released figure.
"""
