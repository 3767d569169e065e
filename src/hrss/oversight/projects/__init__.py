"""Annual plan and projects: tasks with shares, projects with milestones and payments, evaluations, budgets.

Where a task is bound to an indicator its progress is read from the measurement and never typed. Nothing here pays.
"""
