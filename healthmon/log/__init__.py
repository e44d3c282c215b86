"""The log: everything that happened, appended once, durable, readable with `less`, provably whole."""

from healthmon.log.damage import Damage, OnDamage
from healthmon.log.dead_letters import DeadLetter, DeadLetters, read_dead_letters
from healthmon.log.disk import Disk
from healthmon.log.edition import Identity, identity_of
from healthmon.log.event_log import EventLog, LogState, Room
from healthmon.log.fed_letters import FedMark, fed_marks, keep_fed_marks
from healthmon.log.follow import Follower
from healthmon.log.identity import mark
from healthmon.log.lock import holder, is_locked
from healthmon.log.prune import Pruning
from healthmon.log.reader import begins_at, next_offset, offset_at, read, recorded_clock, tail
from healthmon.log.reasons import LogError, LogReason
from healthmon.log.repair import Repair
from healthmon.log.upkeep import Sealed, compress, sealed, upkeep_lock
from healthmon.log.verify import Verdict, verify

__all__ = [
    "Damage",
    "DeadLetter",
    "DeadLetters",
    "Disk",
    "EventLog",
    "FedMark",
    "Follower",
    "Identity",
    "LogError",
    "LogReason",
    "LogState",
    "OnDamage",
    "Pruning",
    "Repair",
    "Room",
    "Sealed",
    "Verdict",
    "begins_at",
    "compress",
    "fed_marks",
    "holder",
    "identity_of",
    "is_locked",
    "keep_fed_marks",
    "mark",
    "next_offset",
    "offset_at",
    "read",
    "read_dead_letters",
    "recorded_clock",
    "sealed",
    "tail",
    "upkeep_lock",
    "verify",
]
