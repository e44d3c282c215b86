"""`healthmon data`: what is done to all that is stored about people, from the shell."""

import difflib
import importlib
import sys
from collections.abc import Sequence

from healthmon.cli.main import USAGE_ERROR

# Each is a file beside this one, data_KIND.py, loaded when it is asked for.
KINDS = {
    "backup": "everything in one file, while recording goes on",
    "restore": "a backup into a new data folder",
    "erase": "a person, from everything that is stored here",
}
_MORE = "healthmon data KIND --help tells the rest."


def run(words: Sequence[str]) -> int:
    """Run the kind of work that the first word names."""
    if not words or words[0] in {"-h", "--help"}:
        print(_help())
        return 0 if words else USAGE_ERROR
    kind = words[0]
    if kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(KINDS)}"
        print(f"healthmon data: {kind} is no verb; {hint}", file=sys.stderr)
        return USAGE_ERROR
    code: int = importlib.import_module(f"healthmon.cli.data_{kind}").run(words[1:])
    return code


def _help() -> str:
    lines = ["usage: healthmon data KIND [OPTIONS]", ""]
    lines += [f"  {kind:<9}{what}" for kind, what in KINDS.items()]
    return "\n".join([*lines, "", "example:", "  healthmon data backup /media/usb/healthmon.tar", "", _MORE])
