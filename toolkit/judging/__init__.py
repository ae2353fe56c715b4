"""What people have judged to be right or wrong, as figures: precision, recall and how far the judges agree."""

from toolkit.judging.agreement import alpha
from toolkit.judging.scores import SCORES, scores, told, wilson

__all__ = ["SCORES", "alpha", "scores", "told", "wilson"]
