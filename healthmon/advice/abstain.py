"""This is the place for saying "not enough data": when, why, and until when. It never silences a rule."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from healthmon.advice.moment import Moment, Trust
from healthmon.advice.nights import NEEDED
from healthmon.advice.tables import Model, Refused

# Of the last 5 minutes. Below it, errors of 20 points or more grow from 3.3 to 5.3 % (simulated people).
_SHARE = 0.6
_OLDEST_RATE = 120.0  # s
_OLDEST_OXYGEN = 300.0  # s
_SETTLING = 300.0  # s after a gap of 10 minutes
_MINUTE = timedelta(minutes=1)


class Why(StrEnum):
    """Why there is no answer. Stored in the log: never change a word."""

    MODEL = "model-refused"
    NOT_WORN = "not-worn"
    FEW_NIGHTS = "few-nights"
    NO_RATE = "no-heart-rate"
    NO_OXYGEN = "no-oxygen"
    AFTER_GAP = "after-gap"
    FEW_RATES = "few-heart-rates"
    FEW_OXYGEN = "few-oxygen"
    FEW_DAYS = "few-days"
    UNLIKE_TRAINING = "unlike-training"


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why nothing is said, and when an answer may be expected; None when that cannot be known."""

    why: Why
    expected: datetime | None = None


def no_answer(moment: Moment, model: Model | Refused) -> NoAnswer | None:
    """Why this moment gets no answer, the reason that will last longest first; None when it gets one."""
    if isinstance(model, Refused):
        return NoAnswer(Why.MODEL)
    if missing := not_enough(moment):
        return missing
    strange = moment.features is None or model.strangers(moment.features)
    return NoAnswer(Why.UNLIKE_TRAINING) if strange else None


def not_enough(moment: Moment) -> NoAnswer | None:
    """What the readings themselves lack, whatever the model; None when there are features to believe."""
    trust = moment.trust
    if not trust.worn:
        return NoAnswer(Why.NOT_WORN)
    if trust.nights < NEEDED:
        return NoAnswer(Why.FEW_NIGHTS, trust.nights_ready)
    if lacking := _lacking(moment.at, trust):
        return lacking
    return NoAnswer(Why.FEW_DAYS) if moment.features is None else None


def _lacking(at: datetime, trust: Trust) -> NoAnswer | None:
    if trust.rate_age is None or trust.rate_age > _OLDEST_RATE:
        return NoAnswer(Why.NO_RATE)
    if trust.oxygen_age is None or trust.oxygen_age > _OLDEST_OXYGEN:
        return NoAnswer(Why.NO_OXYGEN)
    if trust.resumed is not None and trust.resumed < _SETTLING:
        return NoAnswer(Why.AFTER_GAP, at + timedelta(seconds=_SETTLING - trust.resumed))
    if trust.rate_share < _SHARE:
        return NoAnswer(Why.FEW_RATES, at + _wait(trust.rate_share))
    if trust.oxygen_share < _SHARE:
        return NoAnswer(Why.FEW_OXYGEN, at + _wait(trust.oxygen_share))
    return None


def _wait(share: float) -> timedelta:
    """If every minute from now on is good, so many are still missing."""
    return _MINUTE * max(1, round((_SHARE - share) * 5))
