"""Rules and alarms measured on recordings: how often they speak, what they find of events that were added."""

from healthmon.evaluation.errors import EvaluationError, EvaluationReason
from healthmon.evaluation.recording import Recording, recordings
from healthmon.evaluation.report import Asked, AtRate, Judgement, Report, evaluate

__all__ = [
    "Asked",
    "AtRate",
    "EvaluationError",
    "EvaluationReason",
    "Judgement",
    "Recording",
    "Report",
    "evaluate",
    "recordings",
]
