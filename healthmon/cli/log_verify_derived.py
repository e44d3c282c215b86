"""`healthmon log verify --derived`: whether the monitor's own events follow from what was said."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from healthmon import log
from healthmon.app.keeping.logic import newest_logic
from healthmon.app.keeping.versions import versions
from healthmon.cli.progress import Progress
from healthmon.events import Json, wire
from healthmon.events.plain_text import made_plain
from healthmon.pipeline.derived import Difference, Proof, Stretch
from healthmon.settings import Settings


def verify_derived(data: Path, settings: Settings, *, json: bool) -> int:
    """Replay the log, say how each stretch compares; 1 when a judged one differs."""
    proof = prove(data, settings)
    first = proof.first_difference
    if json:
        print(wire.write(_told(proof, first)).decode())
    else:
        edited = ["somebody was erased from this log: nothing is judged"] * _is_edited(data)
        print("\n".join([*map(_line, proof.stretches), *edited, _verdict(proof.stretches, first)]))
    return 0 if first is None else 1


def prove(data: Path, settings: Settings) -> Proof:
    """The whole log through the logic of today: from its first entry, or the checkpoint it begins with."""
    begins = log.begins_at(data)
    logic, start = newest_logic(data, settings, at_most=begins)
    # Nothing is judged where state went with a prune, or causes with an erasure.
    is_judged = start == begins and not _is_edited(data)
    proof = Proof(logic, versions(settings) if is_judged else None)
    progress = Progress("replaying", log.next_offset(data))
    for entry in log.read(data, start, on_damage=lambda _: proof.damaged()):
        proof.observe(entry)
        progress.at(entry.offset)
    progress.done()
    return proof


def _is_edited(data: Path) -> bool:
    known = log.identity_of(data)
    return known is not None and known.edition > 0


def _line(stretch: Stretch) -> str:
    told = f"offset {stretch.first_offset}: {stretch.entries} entries, {stretch.derived} derived"
    if not stretch.is_judged:
        return f"{told}, made by {made_plain(stretch.version)}: not judged"
    return f"{told}, {stretch.different or 'none'} different"


def _verdict(stretches: Sequence[Stretch], first: Difference | None) -> str:
    if first is None:
        judged = sum(stretch.derived for stretch in stretches if stretch.is_judged)
        return f"{judged} derived events follow from their inputs, byte for byte"
    expected = "nothing" if first.expected is None else wire.write(first.expected).decode()
    found = "something else" if first.found is None else wire.write(first.found).decode()
    return f"the first difference is at offset {first.offset}:\n  expected {expected}\n  found    {found}"


def _told(proof: Proof, first: Difference | None) -> dict[str, Json]:
    return {
        "stretches": [asdict(stretch) for stretch in proof.stretches],
        "first_difference": None
        if first is None
        else {
            "offset": first.offset,
            "expected": None if first.expected is None else wire.plain(first.expected),
            "found": None if first.found is None else wire.plain(first.found),
        },
    }
