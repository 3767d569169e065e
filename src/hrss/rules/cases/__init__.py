"""Published cases against the rules: one adapter per topic, keyed by topic and input names only.

``run(paths)`` answers every case of the files with the rule engine and never looks at an id or an expected value
before answering.
"""

from hrss.rules.cases.report import Report, TopicLine
from hrss.rules.cases.runner import run, run_cases
from hrss.rules.cases.topics import Case, Unsupported, topic

__all__ = ["Case", "Report", "TopicLine", "Unsupported", "run", "run_cases", "topic"]
