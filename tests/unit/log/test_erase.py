"""Erasing a person: their lines go, others stay to the byte, readers are told."""

from pathlib import Path

import pytest

from healthmon.events import Context, Entry, Thing
from healthmon.log import (
    Concern,
    Disk,
    Erased,
    Erasure,
    EventLog,
    Follower,
    LogError,
    LogReason,
    Pruning,
    compress,
    erasure_said,
    identity_of,
    mark,
    read,
    survey,
    unsaid_erasure,
    upkeep_lock,
    verify,
)
from healthmon.log.segment import all_lines, stored_segments
from tests.unit.log.disks import HurriedDisk
from tests.unit.log.entries import CLOCK, at, entry

SEGMENT = 1500
MONITOR = Thing("MONITOR")


def said(offset: int) -> Entry:
    """A home of three: readings of one after the other, remarks, a carer's words about each."""
    who = ("maria", "jan", "maria ann")[offset % 3]
    words: Context
    if offset % 7 == 3:
        words = {"person": who, "value": 86, "note": "not for maria"}
        thing, verb, subject = Thing("ALARM", "SPO2_CRIT"), "SETS", Thing("CAREGIVER", "anna")
    elif offset % 7 == 5:
        words = {"person": who, "value": 88.5, "episode": f"SPO2_CRIT:{who}:2026"}
        thing, verb, subject = Thing("ALARM", "SPO2_CRIT"), "RAISES", MONITOR
    else:
        words = {"person": who, "value": 60 + offset, "unit": "/min"}
        thing, verb, subject = Thing("HR"), "MEASURES", Thing("WATCH", f"watch-{offset % 3}")
    return Entry(
        id=f"x:{offset}",
        time=at(offset),
        subject=subject,
        verb=verb,
        object=thing,
        context=words,
        offset=offset,
        received=at(offset + 1),
    )


def logged(folder: Path, count: int = 40) -> list[Entry]:
    """A closed log of several segments, and what is in it."""
    with EventLog.open(folder, clock=CLOCK, segment_bytes=SEGMENT, disk=HurriedDisk()) as log:
        for offset in range(count):
            log.append([said(offset)])
    return [said(offset) for offset in range(count)]


def erase(folder: Path, person: str = "maria", disk: Disk | None = None) -> Erased:
    """Open, erase, close."""
    disk = disk or HurriedDisk()
    with EventLog.open(folder, clock=CLOCK, segment_bytes=SEGMENT, disk=disk) as log:
        erasure = Erasure(folder, person, disk)
        while erasure.step():
            pass
        return log.erase(erasure)


def lines(folder: Path) -> list[bytes]:
    """Every line that takes an offset, in order."""
    found = [line for path in stored_segments(folder) for _, line in all_lines(path)]
    return [line for line in found if line.startswith((b'{"id"', b'{"offset"'))]


def others(entries: list[Entry]) -> list[Entry]:
    """Without Maria."""
    return [one for one in entries if one.person != "maria"]


@pytest.mark.parametrize("is_compressed", [False, True])
def test_their_lines_go_and_all_others_stay_to_the_byte(tmp_path: Path, is_compressed: bool) -> None:
    entries = logged(tmp_path)
    before = lines(tmp_path)
    if is_compressed:
        compress(tmp_path)

    done = erase(tmp_path)

    after = lines(tmp_path)
    assert list(read(tmp_path)) == others(entries)
    assert [new for new in after if not new.startswith(b'{"offset"')] == [
        old for old, one in zip(before, entries, strict=True) if one.person != "maria"
    ]
    assert (len(after), done.lines) == (40, 40 - len(others(entries)))
    verdict = verify(tmp_path, done.new_head)
    assert (verdict.is_whole, verdict.next_offset, verdict.edition) == (True, 40, 1)


def test_the_old_head_is_no_more_and_that_is_said(tmp_path: Path) -> None:
    logged(tmp_path)
    old = verify(tmp_path).head
    done = erase(tmp_path)

    for head in (old, done.old_head):
        verdict = verify(tmp_path, head)
        assert (verdict.is_whole, verdict.damages) == (False, ())
        assert "somebody was erased" in str(verdict)


def test_segments_before_the_first_that_changes_are_not_touched(tmp_path: Path) -> None:
    with EventLog.open(tmp_path, clock=CLOCK, segment_bytes=SEGMENT) as log:
        for offset in range(30):
            context = {"person": "jan" if offset < 20 else "maria", "value": 70}
            log.append([entry(offset, context)])
    paths = stored_segments(tmp_path)[:3]
    before = [(path.stat().st_ino, path.read_bytes()) for path in paths]

    erase(tmp_path)

    assert [(path.stat().st_ino, path.read_bytes()) for path in paths] == before
    assert (verify(tmp_path).is_whole, len(list(read(tmp_path)))) == (True, 20)


def test_nobody_by_that_name_changes_nothing(tmp_path: Path) -> None:
    entries = logged(tmp_path)
    head = verify(tmp_path).head

    done = erase(tmp_path, "mari")

    assert (done.lines, done.old_head == done.new_head) == (0, True)
    assert (list(read(tmp_path)), verify(tmp_path, head).is_whole) == (entries, True)
    known = identity_of(tmp_path)
    assert known is not None
    assert known.edition == 0


def test_nobody_without_a_name_is_erased(tmp_path: Path) -> None:
    with pytest.raises(LogError) as refused:
        Erasure(tmp_path, " ")

    assert refused.value.reason is LogReason.NOBODY


def test_what_comes_in_meanwhile_is_in_the_log_and_theirs_is_not(tmp_path: Path) -> None:
    logged(tmp_path)
    with EventLog.open(tmp_path, clock=CLOCK, segment_bytes=SEGMENT, disk=HurriedDisk()) as log:
        erasure = Erasure(tmp_path, "maria", HurriedDisk())
        while erasure.step():
            log.append([said(log.next_offset)])
        log.append([said(log.next_offset)])
        count = log.next_offset
        log.erase(erasure)
        log.append([said(log.next_offset)])

    entries = [said(offset) for offset in range(count + 1)]
    assert count > 45
    assert list(read(tmp_path)) == [*others(entries[:-1]), entries[-1]]
    assert verify(tmp_path).is_whole


def test_a_follower_is_told_to_begin_anew(tmp_path: Path) -> None:
    entries = logged(tmp_path)
    follower = Follower(tmp_path)
    assert follower.poll(1000) == entries

    erase(tmp_path)

    with pytest.raises(LogError) as refused:
        follower.poll()
    assert refused.value.reason is LogReason.REPLACED
    assert Follower(tmp_path).poll(1000) == others(entries)


def test_marks_of_before_fit_no_more(tmp_path: Path) -> None:
    logged(tmp_path)
    before = {mark(tmp_path, offset) for offset in range(1, 41)}
    erase(tmp_path)

    assert not before & {mark(tmp_path, offset) for offset in range(1, 41)}
    assert mark(tmp_path, 40, edition=0) not in {mark(tmp_path, 40), None}


def test_what_was_kept_of_pruned_segments_is_erased_too(tmp_path: Path) -> None:
    entries = logged(tmp_path)
    with EventLog.open(tmp_path, clock=CLOCK, segment_bytes=SEGMENT) as log:
        before = int(stored_segments(tmp_path)[4].name[8:20])
        log.prune(Pruning(tmp_path, before))

    done = erase(tmp_path)

    wanted = [one for one in others(entries) if one.offset >= before or one.verb == "SETS"]
    assert list(read(tmp_path)) == wanted
    assert done.lines > 0
    assert b'"maria"' not in (tmp_path / "log" / "kept.jsonl").read_bytes()
    assert verify(tmp_path, done.new_head).is_whole


def test_damage_stays_visible(tmp_path: Path) -> None:
    logged(tmp_path)
    path = stored_segments(tmp_path)[2]
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"jan"', b'"jon"', 1))
    before = verify(tmp_path).damages

    erase(tmp_path)

    assert before
    assert [(one.segment, one.line) for one in verify(tmp_path).damages] == [
        (one.segment, one.line) for one in before
    ]


def test_a_damaged_line_that_names_them_goes_too(tmp_path: Path) -> None:
    logged(tmp_path)
    path = stored_segments(tmp_path)[2]
    rows = path.read_bytes().splitlines(keepends=True)
    number = next(n for n, row in enumerate(rows) if b'"maria"' in row)
    rows[number] = rows[number].replace(b'"time"', b'"tine"')
    path.write_bytes(b"".join(rows))

    erase(tmp_path)

    assert b'"maria"' not in b"".join(path.read_bytes() for path in stored_segments(tmp_path))


def test_a_survey_counts_theirs_and_who_else_mentions_them(tmp_path: Path) -> None:
    entries = logged(tmp_path)

    found = survey(tmp_path, Concern("maria"))

    assert found.lines == sum(one.person == "maria" for one in entries)
    mentions = sum(one.person != "maria" and "note" in one.context for one in entries)
    ann = sum(one.person == "maria ann" and "note" not in one.context for one in entries)
    assert found.mentions == mentions + ann
    assert (found.first, found.last) == (entries[0].received, entries[39].received)


def test_an_erasure_waits_its_turn_and_can_be_dropped(tmp_path: Path) -> None:
    entries = logged(tmp_path)
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        erasure = Erasure(tmp_path, "maria")
        while erasure.step():
            pass
        with upkeep_lock(tmp_path), pytest.raises(LogError) as refused:
            log.erase(erasure)
        erasure.discard()

    assert refused.value.reason is LogReason.LOCKED
    assert (list(read(tmp_path)), list((tmp_path / "log").glob("new-*"))) == (entries, [])


def test_an_erasure_is_remembered_until_the_log_tells_of_it(tmp_path: Path) -> None:
    logged(tmp_path)
    done = erase(tmp_path)

    assert unsaid_erasure(tmp_path) == done
    erasure_said(tmp_path, Disk())
    assert unsaid_erasure(tmp_path) is None
