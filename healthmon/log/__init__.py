"""The log: everything that happened, appended once, durable, readable with `less`, provably whole."""

from healthmon.log.damage import Damage, OnDamage
from healthmon.log.dead_letters import DeadLetter, DeadLetters, read_dead_letters
from healthmon.log.disk import Disk
from healthmon.log.event_log import EventLog
from healthmon.log.follow import Follower
from healthmon.log.lock import holder, is_locked
from healthmon.log.reader import next_offset, offset_at, read, recorded_clock, tail
from healthmon.log.reasons import LogError, LogReason
from healthmon.log.repair import Repair
from healthmon.log.verify import Verdict, verify

__all__ = [
    "Damage",
    "DeadLetter",
    "DeadLetters",
    "Disk",
    "EventLog",
    "Follower",
    "LogError",
    "LogReason",
    "OnDamage",
    "Repair",
    "Verdict",
    "holder",
    "is_locked",
    "next_offset",
    "offset_at",
    "read",
    "read_dead_letters",
    "recorded_clock",
    "tail",
    "verify",
]
