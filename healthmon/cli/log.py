"""`healthmon log`: everything about the log that is done from the shell."""

from collections.abc import Sequence

from healthmon.cli.kinds import run_kind

# Each is a file beside this one, log_KIND.py, loaded when it is asked for.
KINDS = {
    "show": "events as sentences, or as JSON lines",
    "stats": "count, sum, mean, least, most, first and last",
    "verify": "whether every line is whole",
    "export": "as CSV, JSON lines or Parquet",
    "archive": "closed segments as a folder of Parquet files, proven",
    "prune": "let old segments go, once the archive is proven",
    "import": "take a file of events in",
    "refused": "messages that became no event",
    "refeed": "put them through the parser of today",
}


def run(words: Sequence[str]) -> int:
    """Run the kind of work that the first word names."""
    return run_kind("log", KINDS, "healthmon log show --last 20 --person maria", words)
