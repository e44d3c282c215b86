"""`healthmon sound`: hear what an alarm sounds like, and where; and end what sounds without a recorder."""

from collections.abc import Sequence

from healthmon.cli.kinds import run_kind

# Each is a file beside this one, sound_KIND.py, loaded when it is asked for.
KINDS = {
    "list": "the outputs of this computer",
    "test": "play one alarm now; also the tune of a recorder that died",
    "quiet": "end the tune of a recorder that died: nobody is watched until one records again",
}


def run(words: Sequence[str]) -> int:
    """Run the kind of work that the first word names."""
    return run_kind("sound", KINDS, "healthmon sound test --urgency high --family oxygen", words)
