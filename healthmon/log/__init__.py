"""The log: everything that happened, appended once, durable, readable with `less`, provably whole."""

from healthmon.log.backup import Piece, content_of, pieces
from healthmon.log.concerns import Concern, Survey, people, survey
from healthmon.log.damage import Damage, OnDamage
from healthmon.log.dead_letters import DeadLetter, DeadLetters, read_dead_letters
from healthmon.log.disk import Disk
from healthmon.log.edition import Identity, identity_of
from healthmon.log.erase import Erased, Erasure, erasure_said, unsaid_erasure
from healthmon.log.erase_letters import erase_letters
from healthmon.log.event_log import EventLog
from healthmon.log.fed_letters import FedMark, fed_marks, keep_fed_marks
from healthmon.log.follow import Follower
from healthmon.log.identity import mark
from healthmon.log.lock import holder, is_locked
from healthmon.log.prune import Pruning
from healthmon.log.reader import begins_at, next_offset, offset_at, read, recorded_clock, tail
from healthmon.log.reasons import LogError, LogReason
from healthmon.log.repair import Repair
from healthmon.log.room import LogState, Room
from healthmon.log.upkeep import Sealed, compress, sealed, upkeep_lock
from healthmon.log.verify import Verdict, verify

__all__ = [
    "Concern",
    "Damage",
    "DeadLetter",
    "DeadLetters",
    "Disk",
    "Erased",
    "Erasure",
    "EventLog",
    "FedMark",
    "Follower",
    "Identity",
    "LogError",
    "LogReason",
    "LogState",
    "OnDamage",
    "Piece",
    "Pruning",
    "Repair",
    "Room",
    "Sealed",
    "Survey",
    "Verdict",
    "begins_at",
    "compress",
    "content_of",
    "erase_letters",
    "erasure_said",
    "fed_marks",
    "holder",
    "identity_of",
    "is_locked",
    "keep_fed_marks",
    "mark",
    "next_offset",
    "offset_at",
    "people",
    "pieces",
    "read",
    "read_dead_letters",
    "recorded_clock",
    "sealed",
    "survey",
    "tail",
    "unsaid_erasure",
    "upkeep_lock",
    "verify",
]
