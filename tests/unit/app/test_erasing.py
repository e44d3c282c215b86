"""Erasing a person everywhere: log, lake, letters, outbox, checkpoints and memory; what stays is told."""

import errno
from datetime import timedelta
from pathlib import Path

import pytest

from healthmon import log, settings
from healthmon.app import erasing
from healthmon.app.jobs.erasing import erases
from healthmon.app.keeping.logic import keep_logic, newest_logic
from healthmon.app.places import Places
from healthmon.clock import Clock, TurnedClock
from healthmon.events import Context, Event, Message, Refusal, Rejected, Thing, wire
from healthmon.log import Concern, DeadLetters, Disk, EventLog, LogError, LogReason, read_dead_letters
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from tests.fakes.pipeline import START

ANNA = Thing("CAREGIVER", "anna")
CLOCK: Clock = TurnedClock(START + timedelta(seconds=91))
WATCH = Thing("WATCH", "watch-7")


def event(second: int, subject: Thing, verb: str, thing: Thing, context: Context) -> Event:
    """Something that was said so many seconds after the start."""
    return Event(
        id=f"e:{second}",
        time=START + timedelta(seconds=second),
        subject=subject,
        verb=verb,
        object=thing,
        context=context,
    )


@pytest.fixture
def home(tmp_path: Path) -> settings.Settings:
    """Watch-7 was Jan's, then Maria's; both were measured, and a carer said something about both."""
    made = settings.Settings(paths=settings.PathSettings(data=str(tmp_path)))
    Places(tmp_path).prepared()
    logic = Logic(house_rules(made.rules).rules)
    said = [
        event(0, ANNA, "ASSIGNS", WATCH, {"person": "jan"}),
        *(event(n, WATCH, "MEASURES", Thing("HR"), {"value": 70}) for n in range(1, 40)),
        event(40, ANNA, "ASSIGNS", WATCH, {"person": "maria"}),
        *(event(n, WATCH, "MEASURES", Thing("HR"), {"value": 140}) for n in range(41, 90)),
        event(90, ANNA, "NOTES", Thing("PERSON", "jan"), {"person": "jan", "note": "maria called"}),
    ]
    with EventLog.open(tmp_path, clock=CLOCK) as journal:
        for one in said:
            journal.append(logic.take(one, one.time))
        journal.rotate()
    return made


def erase(home: settings.Settings) -> erasing.Done:
    """Without a recorder."""
    return erasing.erase(home, "maria", CLOCK, lambda _: None)


def test_the_log_keeps_nothing_of_them_and_everything_of_others(home: settings.Settings) -> None:
    data = home.data_folder
    before = [entry for entry in log.read(data) if not Concern("maria").covers(entry)]
    lines = erasing.found(home, "maria").lines

    done = erase(home)

    after = list(log.read(data))
    assert (done.lines, done.problem) == (lines, "")
    assert after[: len(before)] == before
    told = [(entry.verb, entry.object.type) for entry in after[len(before) :]]
    assert told == [("ASSIGNS", "DEVICE"), ("ERASES", "LOG")]
    assert "maria" not in str(after[-1])
    assert log.verify(data, str(after[-1].context["new_head"])).is_whole


def test_their_watch_is_nobodys_afterwards(home: settings.Settings) -> None:
    erase(home)

    logic = Logic(house_rules(home.rules).rules)
    logic.recall(log.read(home.data_folder))
    made = logic.take(event(500, WATCH, "MEASURES", Thing("HR"), {"value": 70}), START + timedelta(hours=1))
    assert [entry.person for entry in made if entry.verb == "MEASURES"] == [None]
    assert all(entry.person != "maria" for entry in made)


def test_dead_letters_that_name_them_go(home: settings.Settings) -> None:
    letters = DeadLetters(home.data_folder)
    for payload in (b'{"person":"maria"', b'{"person":"jan"'):
        message = Message(topic="healthmon/home/watch-7/event", payload=payload)
        letters.keep(Rejected(message, Refusal.NOT_JSON, "half"), START, 3)

    assert erase(home).letters == 1
    assert [letter.payload for letter in read_dead_letters(home.data_folder)] == [b'{"person":"jan"']


def test_what_waits_to_be_sent_about_them_goes(home: settings.Settings) -> None:
    outbox = Places(home.data_folder).outbox
    for number, who in enumerate(("maria", "jan")):
        said = event(number, ANNA, "ACKNOWLEDGES", Thing("ALARM", "HR_HIGH"), {"person": who})
        (outbox / f"{number}-x.json").write_bytes(wire.write({"event": said, "since": START}))

    assert erase(home).outbox == 1
    assert [path.name for path in outbox.iterdir()] == ["1-x.json"]


def test_what_somebody_said_of_them_in_a_shell_and_waits_goes_too(home: settings.Settings) -> None:
    said = event(1, ANNA, "ACKNOWLEDGES", Thing("ALARM", "HR_HIGH"), {"person": "maria"})
    shell, damaged = (Places(home.data_folder).outbox / "ben" / folder for folder in ("", "damaged"))
    damaged.mkdir(parents=True)
    (shell / "1-x.json").write_bytes(wire.write({"event": said, "since": START}))
    (damaged / "2-x.json").write_text('{"person":"maria"', "utf-8")

    told = "\n".join(erasing.out_of_reach(home, "maria", erasing.found(home, "maria")))

    assert erase(home).outbox == 1
    assert "2-x.json: this file names them" in told


def test_the_newest_checkpoint_goes_on_without_them(home: settings.Settings) -> None:
    keep_logic(home.data_folder, home)
    _, kept_at = newest_logic(home.data_folder, home)

    erase(home)

    logic, now = newest_logic(home.data_folder, home)
    assert (now, now > 0, logic.devices_of("maria")) == (kept_at, True, [])
    assert len(list((home.data_folder / "checkpoints").glob("*.ckpt"))) == 1


def test_what_is_out_of_reach_is_told(home: settings.Settings) -> None:
    dropped = home.data_folder / "drop" / "done"
    dropped.mkdir(parents=True)
    (dropped / "old.jsonl").write_text('{"person":"maria"}\n', "utf-8")

    told = "\n".join(erasing.out_of_reach(home, "maria", erasing.found(home, "maria")))

    assert "1 lines about others" in told
    assert "old.jsonl" in told


def test_erasing_again_finds_nothing(home: settings.Settings) -> None:
    erase(home)
    count = log.next_offset(home.data_folder)

    assert erase(home).lines == 0
    assert log.next_offset(home.data_folder) == count


class FullDisk(Disk):
    """Takes nothing of what an erasure writes beside the log; or fails in its exchange, so many times."""

    exchanges = 0

    def create(self, path: Path) -> int:
        if path.name.startswith("new-erased-segment") and not self.exchanges:
            raise OSError(errno.ENOSPC, "full")
        return super().create(path)

    def rename(self, path: Path, target: Path) -> None:
        if path.name.startswith("new-erased-segment") and self.exchanges:
            self.exchanges -= 1
            raise OSError(errno.EIO, "it failed")
        super().rename(path, target)


def wearer(home: settings.Settings) -> str | None:
    """Whose the next reading of watch-7 is."""
    logic = Logic(house_rules(home.rules).rules)
    logic.recall(log.read(home.data_folder))
    said = event(500, WATCH, "MEASURES", Thing("HR"), {"value": 70})
    return logic.take(said, START + timedelta(hours=1))[0].person


def test_a_full_disk_leaves_nobody_unwatched(
    home: settings.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FullDisk, "exchanges", 0)
    monkeypatch.setattr("healthmon.log.erase.Disk", FullDisk)

    with pytest.raises(LogError, match="full"):
        erase(home)

    assert wearer(home) == "maria"


def test_what_fails_after_the_devices_were_taken_back_gives_them_back(
    home: settings.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_self: EventLog, _erasure: object) -> None:
        raise LogError(LogReason.DISK_FULL, "full")

    monkeypatch.setattr(EventLog, "erase", refused)

    with pytest.raises(LogError, match="full"):
        erase(home)

    assert wearer(home) == "maria"


def test_an_exchange_that_the_disk_interrupts_is_tried_until_it_ends(
    home: settings.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("healthmon.app.handing_over.LOOK_AGAIN", 0.0)
    monkeypatch.setattr("healthmon.log.erase.Disk", FullDisk)
    monkeypatch.setattr(FullDisk, "exchanges", 1)

    done = erase(home)

    verbs = [entry.verb for entry in log.read(home.data_folder)]
    assert (done.problem, verbs.count("ERASES"), wearer(home)) == ("", 1, None)


def test_an_erasure_the_log_does_not_tell_of_is_told_once(home: settings.Settings) -> None:
    data = home.data_folder
    lines = erasing.found(home, "maria").lines
    with EventLog.open(data, clock=CLOCK) as journal:
        journal.erase(log.Erasure(data, "maria"))  # the recorder dies here

        told = erases(data, CLOCK.now())
        log.erasure_said(data, Disk())

        assert told is not None
        assert (told.verb, told.context["lines"], erases(data, CLOCK.now())) == ("ERASES", lines, None)
