"""Evaluation reports: facts gathered from kept figures and records, said in words, drawn, typeset, written as Word."""
