"""This is the place for what the fuzzers begin with: our own messages, and other worlds' if at hand."""

import json
from pathlib import Path
from typing import Any

from healthmon.events import Message

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "dialects.jsonl"
WATCH = "healthmon/home/watch-1/event"
ANNA = "healthmon/home/caregiver/anna/event"
STATUS = "healthmon/home/watch-1/status"
TOPICS = (
    WATCH,
    ANNA,
    STATUS,
    "healthmon/home/monitor/alarm/SPO2_CRIT",
    "healthmon/home/watch-1/elsewhere",
    "healthmon/home/caregiver/event",
    "healthmon/home/a b/event",
    "healthmon//watch/event",
    "healthmon",
    "zigbee2mqtt/plug",
    "tele/pow1/SENSOR",
    "",
)

_SAID = """
{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": 78}
{"id": "watch-1:1:42", "time": "2026-11-22T07:59:59Z", "subject": {"type": "WATCH", "id": "watch-1"},\
 "verb": "MEASURES", "object": {"type": "SPO2"}, "context": {"value": 97.5, "unit": "%"}}
[{"subject": "KETTLE", "verb": "PERCOLATES", "object": "COFFEE", "context": {"value": 500}},\
 {"subject": "KETTLE", "verb": "RAISES", "object": "ALARM"}]
{"subject": "WATCH", "verb": "REPORTS", "object": "WORN", "context": {"value": true, "quality": null}}
{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "time": "1970-01-01T00:00:03+05:30", "context": 0}
{"subject": "PLUG", "verb": "hums", "object": {"type": "NOTE", "id": "7"},\
 "context": {"value": {"a": [1, 2.5, "x", null, false]}, "unit": "Cel"}}
{"subject": {"type": "WATCH", "id": 7}, "verb": "MEASURES", "object": "Heart_Rate", "time": 12}
{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "time": "2026-11-22T04:00:00", "context": "78"}
""".strip().split("\n")
_DONE = """
{"id": "a:1", "subject": "CAREGIVER", "verb": "ACKNOWLEDGES", "object": {"type": "ALARM", "id": "SPO2_CRIT"},\
 "context": {"person": "maria", "episode": "e1", "note": "she is fine \U0001f469"}}
{"subject": {"type": "CAREGIVER", "id": "anna"}, "verb": "SETS", "object": {"type": "PERSON", "id": "maria"},\
 "context": {"person": "maria", "name": "Maria Kowalska", "zone": "Europe/Berlin"}}
""".strip().split("\n")


def own() -> list[Message]:
    """Messages of our own dialect, good and bad."""
    said = [Message(WATCH, text.encode(), retained=place == 3) for place, text in enumerate(_SAID)]
    done = [Message(ANNA, text.encode()) for text in _DONE]
    status = [Message(STATUS, word, retained=True) for word in (b"online", b"OFFLINE", b"asleep", b"")]
    return [*said, *done, *status]


def foreign(cases: Path = CASES) -> list[Message]:
    """Other worlds' messages, each on its own topic and on one of ours; none where the cases are absent."""
    if not cases.exists():
        return []
    found = []
    for line in cases.read_text("utf-8").splitlines():
        case = json.loads(line)
        payload = _payload(case["payload_encoding"], case["payload"])
        found += [Message(case["topic"], payload, retained=case["retained"]), Message(WATCH, payload)]
    return found


def _payload(encoding: str, told: Any) -> bytes:  # Any: a text, or what to make a long one of
    if encoding == "generate":
        made: str = told["prefix"] + told["repeat"] * told["times"] + told["suffix"]
        return made.encode()[:20_000] if len(made) < 1 << 20 else made.encode()
    return bytes.fromhex(str(told)) if encoding == "hex" else str(told).encode()


def every() -> list[Message]:
    """All there are."""
    return own() + foreign()
