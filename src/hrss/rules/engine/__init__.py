"""The rule language and its back ends: plain Python with a trace, compiled columns, year steps.

Import from here; the modules behind are private to the engine. No Django, no I/O except reading own parameter files.
"""

from hrss.rules.engine.arithmetic import (
    Refused,
    between,
    bracket,
    down,
    exact,
    fold,
    half_up,
    half_up_product,
    listed,
    refuse,
    share_of,
    up,
    yearly,
)
from hrss.rules.engine.evaluate import evaluate, read_facts, replay
from hrss.rules.engine.explanation import Explanation
from hrss.rules.engine.loading import default_parameters, load_folder
from hrss.rules.engine.parameters import Parameters, ParameterValue
from hrss.rules.engine.rule import Rule, all_rules, find_rule, rule
from hrss.rules.engine.telling import Step

__all__ = [
    "Explanation", "ParameterValue", "Parameters", "Refused", "Rule", "Step", "all_rules", "between", "bracket",
    "default_parameters", "down", "evaluate", "exact", "find_rule", "fold", "half_up", "half_up_product", "listed",
    "load_folder", "read_facts", "refuse", "replay", "rule", "share_of", "up", "yearly",
]  # fmt: skip
