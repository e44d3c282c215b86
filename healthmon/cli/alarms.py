"""`healthmon alarms`: what rings, what it came to, what other limits would have come to, and answering."""

from collections.abc import Sequence

from healthmon.cli.kinds import run_kind

# Each is a file beside this one, alarms_KIND.py, loaded when it is asked for.
KINDS = {
    "report": "alarms a day, false ones with their interval, how soon they were answered",
}


def run(words: Sequence[str]) -> int:
    """Run the kind of work that the first word names."""
    return run_kind(
        "alarms", KINDS, "healthmon alarms report --last 30d", words
    )
