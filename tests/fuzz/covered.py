"""This is the place for how much of the parser a corpus reaches.

Run as `python -m tests.fuzz.covered CORPUS MESSAGES`, in a process of its own: coverage has to begin before
anything of ours is imported.
"""

import sys
from pathlib import Path

import coverage

MEASURED = (
    *("healthmon/pipeline/parser.py", "healthmon/dialects/*.py", "healthmon/events/wire.py"),
    *("healthmon/events/bounds.py", "healthmon/events/topics.py", "healthmon/events/identity.py"),
    *("healthmon/events/plain_text.py", "healthmon/events/vocabulary.py", "healthmon/events/message.py"),
)


def main(corpus: Path, count: int) -> int:
    """Print file, lines and lines reached, one file a line."""
    measuring = coverage.Coverage(data_file=None, include=list(MEASURED), config_file=False)
    measuring.start()
    from tests.fuzz.letters import opened
    from tests.fuzz.million import messages
    from tests.fuzz.promises import check

    for path in sorted(corpus.iterdir()):
        check(opened(path.read_bytes()))
    for message in messages(count, 1):
        check(message)
    measuring.stop()
    for name in sorted(measuring.get_data().measured_files()):
        _, lines, _, missing, _ = measuring.analysis2(name)
        left = ",".join(map(str, missing)) or "-"
        sys.stdout.write(f"{Path(name).as_posix()} {len(lines)} {len(lines) - len(missing)} {left}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
