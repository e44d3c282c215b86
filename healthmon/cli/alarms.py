"""`healthmon alarms`: what rings, what it came to, what other limits would have come to, and answering."""

from collections.abc import Sequence

from healthmon.cli.kinds import run_kind

# Each is a file beside this one, alarms_KIND.py, loaded when it is asked for.
KINDS = {
    "list": "what rings now and the last episodes, with how to answer",
    "ack": "acknowledge an alarm: somebody has seen it",
    "take": "say that you are going",
    "snooze": "silence one alarm for a while",
    "pause": "silence all sound of this home, at most 10 minutes",
    "rate": "say whether an episode was true, false or unsure",
    "report": "alarms a day, false ones with their interval, how soon they were answered",
    "whatif": "how many alarms other limits would have come to",
}


def run(words: Sequence[str]) -> int:
    """Run the kind of work that the first word names."""
    return run_kind(
        "alarms", KINDS, "healthmon alarms whatif --limit spo2_low=88 --delay 15s --last 7d", words
    )
