"""This is the place for what the advice thinks of one person from minute to minute, in ids and numbers.

Sentences are made by whoever shows it, from the catalogue. Not an assessment of health: a score says how
usual the readings are for this person.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from healthmon.advice.abstain import NoAnswer, no_answer
from healthmon.advice.caps import CAP_IN_ALARM, Cap, HeldCap, Level, Profile, cap_for
from healthmon.advice.moment import FEATURES, Feature, Moment
from healthmon.advice.smoothing import CEILINGS, Band, Banding, Smoother
from healthmon.advice.tables import Model, Refused, within
from healthmon.events import Context, Json

# With equal points the first of these is named first, so that two reasons speak of two different things.
_ORDER = (Feature.HR_EXCESS, Feature.SP_DROP, Feature.RHR_RISE, Feature.ODI3_60, Feature.HR_DEFICIT)
_RANK = {feature: rank for rank, feature in enumerate(_ORDER)}
_WORTH_NAMING = 3.0  # points: a weaker reason changing place with another is no news


class Advice(StrEnum):
    """The ids of what can be advised. Each has its words in the catalogue. Stored: never change one."""

    USUAL = "usual"
    LOOK_RATE_ABOVE = "look-rate-above"
    LOOK_RATE_BELOW = "look-rate-below"
    LOOK_NIGHT_RATE = "look-night-rate"
    LOOK_OXYGEN_BELOW = "look-oxygen-below"
    LOOK_OXYGEN_DIPS = "look-oxygen-dips"
    LOOK_PULSE_LEVEL = "look-pulse-level"
    LOOK_OXYGEN_LEVEL = "look-oxygen-level"
    OUT_RATE_ABOVE = "out-rate-above"
    OUT_RATE_BELOW = "out-rate-below"
    OUT_NIGHT_RATE = "out-night-rate"
    OUT_OXYGEN_BELOW = "out-oxygen-below"
    OUT_OXYGEN_DIPS = "out-oxygen-dips"
    OUT_PULSE_LEVEL = "out-pulse-level"
    OUT_OXYGEN_LEVEL = "out-oxygen-level"
    NOT_ENOUGH = "not-enough"
    STEP_BACK = "step-back"


_ABOUT: dict[str, str] = {
    Feature.HR_EXCESS: "rate-above",
    Feature.HR_DEFICIT: "rate-below",
    Feature.RHR_RISE: "night-rate",
    Feature.SP_DROP: "oxygen-below",
    Feature.ODI3_60: "oxygen-dips",
    Level.PULSE: "pulse-level",
    Level.OXYGEN: "oxygen-level",
}
_RATE = frozenset({Feature.HR_EXCESS, Feature.HR_DEFICIT})
_LEVEL_OF = {Level.PULSE: Feature.HR_EXCESS, Level.OXYGEN: Feature.SP_DROP}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score is lower than a typical one: how many points, what was seen, what is usual."""

    feature: str
    points: float
    observed: float
    usual: float


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is thought of one person at one minute. An answer has a score, a band and two reasons."""

    advice: Advice
    nights: int
    score: int | None = None
    band: Band | None = None
    reasons: tuple[Reason, ...] = ()
    missing: NoAnswer | None = None
    outranked_by: str | None = None

    def context(self, model: str) -> Context:
        """The context of an ADVISES event: ids and numbers, nothing that is absent."""
        said: dict[str, Json] = {
            "value": self.score,
            "band": self.band.value if self.band else None,
            "reasons": [_said(reason) for reason in self.reasons] or None,
            "model": model,
            "nights": self.nights,
            "why": self.missing.why.value if self.missing else None,
            "expected": _rfc3339(self.missing.expected) if self.missing else None,
            "outranked_by": self.outranked_by,
        }
        return {key: value for key, value in said.items() if value is not None}

    def differs(self, other: "Opinion") -> bool:
        """Whether it is news: another band, reason or alarm, or 5 points."""
        return self.gist() != other.gist() or abs((self.score or 0) - (other.score or 0)) >= 5

    def gist(self) -> tuple[object, ...]:
        """What it comes to, numbers aside."""
        why = self.missing.why if self.missing else None
        named = {reason.feature for reason in self.reasons if abs(reason.points) >= _WORTH_NAMING}
        return (self.advice, self.band, why, frozenset(named), self.outranked_by)


class Opinions:
    """Forms the opinion of one person, minute after minute. One thread; pure; never asks a clock."""

    def __init__(self, model: Model | Refused) -> None:
        self._model = model
        self._smoother = Smoother()
        self._banding = Banding()
        self._cap = HeldCap()

    def form(self, moment: Moment, profile: Profile, alarm: str | None) -> Opinion:
        """The opinion at this moment. While a High `alarm` is active, it speaks and this steps back."""
        missing = no_answer(moment, self._model)
        nights = moment.trust.nights
        if missing or isinstance(self._model, Refused) or moment.features is None:
            self._banding.forget()
            advice = Advice.STEP_BACK if alarm else Advice.NOT_ENOUGH
            return Opinion(advice, nights, missing=missing, outranked_by=alarm)
        means = self._smoother.smooth(moment.at, self._model.contributions(moment.features))
        raw = within(self._model.typical_score + sum(means))
        cap = self._cap.hold(moment.at, cap_for(moment, profile))
        reasons = _strongest(moment, means, cap, raw)
        if alarm:
            score = round(min(raw, cap.limit, CAP_IN_ALARM))
            return Opinion(Advice.STEP_BACK, nights, score, Band.OUT_OF_USUAL, reasons, outranked_by=alarm)
        score = round(min(raw, cap.limit))
        band = self._banding.judge(moment.at, score)
        return Opinion(_advice(band, reasons[0]), nights, min(score, CEILINGS[band]), band, reasons)


def _strongest(moment: Moment, means: tuple[float, ...], cap: Cap, raw: float) -> tuple[Reason, ...]:
    """The two that lower the score most: the five features, and the level that caps it.

    Of heart rate above and below usual one is named: they are one observation. Less than a point is none.
    """
    rows = zip(FEATURES, means, moment.observed, moment.usual, strict=True)
    found = [Reason(feature.value, *map(_tenths, row)) for feature, *row in rows]
    found.sort(key=lambda reason: (round(reason.points), _RANK[Feature(reason.feature)]))
    weaker = next(reason for reason in reversed(found) if reason.feature in _RATE)
    found.remove(weaker)
    if cap.level is not None and cap.limit < raw:
        usual = moment.usual[FEATURES.index(_LEVEL_OF[cap.level])]
        level = Reason(cap.level.value, *map(_tenths, (cap.limit - raw, cap.observed, usual)))
        found.insert(0, level)
    return tuple(found[:2])


def _advice(band: Band, strongest: Reason) -> Advice:
    if band is Band.USUAL:
        return Advice.USUAL
    return Advice(f"{'look' if band is Band.WORTH_A_LOOK else 'out'}-{_ABOUT[strongest.feature]}")


def _said(reason: Reason) -> dict[str, Json]:
    return {
        "feature": reason.feature,
        "points": reason.points,
        "observed": reason.observed,
        "usual": reason.usual,
    }


def _tenths(value: float) -> float:
    return round(value, 1) + 0.0  # without the sign of a zero


def _rfc3339(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
