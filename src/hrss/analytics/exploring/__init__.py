"""Questions of one's own over the lake: dataset, two dimensions, a measure; answered under disclosure control.

No row and no person ever comes out of here. Only declared columns can be asked for, and none that tells about a person.
"""

from hrss.analytics.exploring.asking import Answer, ask
from hrss.analytics.exploring.question import Dimension, Question, dimensions_of, measures_of

__all__ = ["Answer", "Dimension", "Question", "ask", "dimensions_of", "measures_of"]
