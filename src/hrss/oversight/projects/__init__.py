"""The plan carried out: yearly tasks, projects with milestones and money, evaluation as a report."""
