"""Models made from simulated people: the only room that knows scikit-learn, and only while it trains."""

from healthmon.training.errors import TrainingError, TrainingReason
from healthmon.training.train import Report, train

__all__ = ["Report", "TrainingError", "TrainingReason", "train"]
