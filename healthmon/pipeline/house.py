"""This is the place for which rules a home has, and their order: spikes, alarms, calls, then advice."""

from dataclasses import dataclass

from healthmon import assets
from healthmon.advice import Advise, NightRise, Refused, UnusualRate, read_model
from healthmon.alarms import Alarms, Calls, TechnicalAlarms
from healthmon.alarms.devices import DeviceAlarms
from healthmon.events import Rule
from healthmon.rules import (
    Coffee,
    HeartRateSpike,
    LastingSpike,
    LowOxygen,
    MissedRoutine,
    Names,
    NightDips,
    SequenceGaps,
)
from healthmon.settings import RuleSettings


@dataclass(frozen=True, slots=True)
class HouseRules:
    """The rules, and what the log should say of them in STARTS."""

    rules: tuple[Rule, ...]
    model: str
    problem: str


def house_rules(settings: RuleSettings) -> HouseRules:
    """A fresh set. A model that cannot be used leaves the rules without advice, and says why."""
    model = read_model(_model_bytes())
    spike = HeartRateSpike(rise=settings.spike_rise, sparse_rise=settings.spike_sparse_rise)
    marks = (spike, LastingSpike(), LowOxygen(), SequenceGaps())
    alarms = (Alarms(), TechnicalAlarms(), DeviceAlarms(), MissedRoutine())
    advise = Advise(model)
    informs = (NightRise(), UnusualRate(advise), NightDips(), Coffee())
    return HouseRules(
        rules=(*marks, *alarms, *informs, Calls(), Names(), advise),
        model="" if isinstance(model, Refused) else model.short_id,
        problem=f"{model.fault.value}: {model.detail}" if isinstance(model, Refused) else "",
    )


def _model_bytes() -> bytes | None:
    try:
        return assets.data("model", "advice.json")
    except assets.AssetsError:
        return None
