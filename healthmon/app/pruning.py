"""This is the place for letting old segments leave the log: planned here, done by whoever may write it."""

import time
from enum import StrEnum

from healthmon import log
from healthmon.app.archiving import Told, nobody, prunable
from healthmon.app.clocks import clock_of
from healthmon.app.jobs.asked import PruneAsked
from healthmon.app.places import Places
from healthmon.app.retention import Plan, Rule
from healthmon.errors import HealthmonError
from healthmon.pipeline.backfill import Tally
from healthmon.settings import Settings


class PruneReason(StrEnum):
    """Why old segments are still in the log."""

    REFUSED = "refused"


class PruneError(HealthmonError):
    """The recorder could not let go of segments that may go."""


LOOK_EVERY = 0.2  # seconds of real time between looks at the recorder's answer
PATIENCE = 60.0  # seconds of real time; then the next upkeep asks again


def plan_pruning(settings: Settings, rule: Rule, told: Told = nobody) -> Plan:
    """What may leave the log now, by the log's own clock. Touches nothing; may take long. Raises LogError."""
    return prunable(settings, rule, clock_of(Places(settings.data_folder), None).now(), told=told)


def prune(settings: Settings, plan: Plan) -> Tally:
    """Carry a plan out: by the recorder if one holds the log, else here. Blocks until it is durable.

    Raises LogError, ProcessError.
    """
    from healthmon.app.handing_over import hand_over  # with all of the recorder's rooms

    clock = clock_of(Places(settings.data_folder), None)
    return hand_over(settings, PruneAsked(before=plan.before), clock, lambda _tally: None)


def retention_step(places: Places, settings: Settings) -> None:
    """Retention's step of the recorder's upkeep: what the settings want gone and the lake was proven to hold.

    Nothing unless they say so, and nothing when nobody records. Asks the recorder and waits a minute; what it
    has not done by then is asked again by the next upkeep. Raises LogError.
    """
    rule = Rule.of(settings.archive)
    if not rule.asks or not log.is_locked(places.data):
        return
    plan = plan_pruning(settings, rule)
    if plan.segments:
        _ask(places, plan)


def _ask(places: Places, plan: Plan) -> None:
    from healthmon.app.jobs.asked_folder import Question  # with the rooms of every kind of work

    question = Question(places.jobs, PruneAsked(before=plan.before))
    deadline = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < deadline:
            tally = question.answer()
            if tally is not None and tally.done:
                if tally.problem:
                    raise PruneError(PruneReason.REFUSED, tally.problem)
                return
            time.sleep(LOOK_EVERY)
    finally:
        question.withdraw()
