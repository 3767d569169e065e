"""Django wiring of plan and projects."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """App ``projects``: annual tasks, projects, evaluations, budgets."""

    name = "hrss.oversight.projects"
    label = "projects"
    verbose_name = "年度计划和项目"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the jobs and publish the datasets once the models are there."""
        import_module(f"{self.name}.wiring").wire()
