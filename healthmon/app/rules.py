"""This is the place for which rules a home has, and their order: spikes, low oxygen, alarms, then advice."""

from dataclasses import dataclass

from healthmon import assets
from healthmon.advice.advise import Advise
from healthmon.advice.model import Refusal, load
from healthmon.alarms import Alarms
from healthmon.events import Rule
from healthmon.rules import HeartRateSpike, LowOxygen
from healthmon.settings import RuleSettings


@dataclass(frozen=True, slots=True)
class HouseRules:
    """The rules, and what the log should say of them: names and versions, for STARTS."""

    rules: tuple[Rule, ...]
    model: str
    problem: str
