"""A family hears that its recorder died; a neighbour does not hear it for a week."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from healthmon.sound import BURSTS, Burst, Family, Urgency
from healthmon.sound.guard import (
    ENDS_AFTER,
    GONE,
    KEEPS_EVERY,
    OFTEN_FOR,
    PATIENCE,
    SELDOM,
    STANDS_STILL,
    Guard,
)
from healthmon.sound.home import Home
from healthmon.sound.player import Player
from healthmon.sound.post import ALONE, ON_DUTY, Post, alone, hush, quiet
from healthmon.sound.talk import Said
from tests.unit.sound.test_player import Speaker

HIGH = BURSTS[Urgency.HIGH, Family.OXYGEN]
MEDIUM = BURSTS[Urgency.MEDIUM, Family.HEART]
HOUR = 3600.0


@dataclass
class Night:
    """A player that was told, at midnight, that somebody is monitored."""

    folder: Path
    data: Path
    is_monitored: bool = True
    is_demo: bool = False

    def __post_init__(self) -> None:
        self.post = Post(self.folder)
        self.post.take()
        self.data.mkdir(exist_ok=True)
        self.guard = Guard(self.post, 0.0, None if self.is_demo else Home(self.data))
        if self.is_monitored:
            self.guard.hear(Said.MONITORED, None, 0.0)

    def rings(self, burst: Burst) -> None:
        self.guard.hear(Said.SOUND, burst, 0.0)

    def dies(self) -> None:
        self.guard.lose(0.0)

    def wants(self, *moments: float) -> list[Burst | None]:
        return [self.guard.wanted(moment) for moment in moments]


def test_a_recorder_that_dies_while_somebody_is_monitored_is_heard_after_half_a_minute(
    tmp_path: Path,
) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.dies()
    assert night.wants(0, PATIENCE - 1, PATIENCE, OFTEN_FOR - 1) == [None, None, GONE, GONE]
    assert not night.guard.is_over(OFTEN_FOR)


def test_nobody_is_woken_where_nobody_was_monitored(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home", is_monitored=False)
    night.dies()
    assert night.guard.is_over(0.0)
    assert alone(tmp_path) is None


def test_nobody_is_woken_where_nobody_is_monitored_any_more(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.guard.hear(Said.UNMONITORED, None, 1.0)
    night.dies()
    assert night.guard.is_over(1.0)


def test_it_is_heard_seldom_after_an_hour_and_never_after_twelve(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.dies()
    assert night.wants(OFTEN_FOR, ENDS_AFTER - 1, ENDS_AFTER) == [SELDOM, SELDOM, None]
    assert not night.guard.is_over(ENDS_AFTER - 1)
    assert night.guard.is_over(ENDS_AFTER)


def test_a_night_of_it_is_a_few_hundred_bursts(tmp_path: Path) -> None:
    night, speaker = Night(tmp_path, tmp_path / "home"), Speaker()
    player = Player(speaker, lambda burst: burst.name.encode())
    night.dies()
    sounding: Burst | None = None
    for second in range(round(ENDS_AFTER) + 60):
        wanted = night.guard.wanted(second)
        if wanted != sounding:
            sounding = wanted
            player.hear(Said.SOUND, wanted, second)
        player.turn(second)
    assert {name for name, _ in speaker.played} == {"medium-equipment"}
    assert 11 * 12 + 140 <= len(speaker.played) <= 11 * 12 + 145


def test_a_high_alarm_goes_on_for_an_hour_without_a_break(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.rings(HIGH)
    night.dies()
    assert night.wants(0, PATIENCE, OFTEN_FOR - 1, OFTEN_FOR) == [HIGH, HIGH, HIGH, SELDOM]


def test_a_medium_alarm_gives_way_to_what_is_worse_now(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.rings(MEDIUM)
    night.dies()
    assert night.wants(0, PATIENCE) == [MEDIUM, GONE]


def test_a_recorder_that_stands_still_is_heard_until_it_speaks_again(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    assert night.wants(STANDS_STILL - 1, STANDS_STILL) == [None, GONE]
    assert alone(tmp_path) is not None
    night.guard.hear(Said.MONITORED, None, 100.0)
    assert night.wants(101) == [None]
    assert alone(tmp_path) is None
    assert not night.guard.is_over(101)


def test_a_hung_recorder_that_is_killed_is_heard_on_and_no_longer_than_before(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.wants(STANDS_STILL + 1)
    night.guard.lose(101.0)
    assert night.wants(101, 102, OFTEN_FOR - 1, OFTEN_FOR, ENDS_AFTER) == [GONE, GONE, GONE, SELDOM, None]
    assert night.guard.is_over(ENDS_AFTER)


def test_a_hung_recorder_that_was_hushed_stays_so_when_it_is_killed(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.wants(STANDS_STILL)
    quiet(tmp_path)
    night.wants(STANDS_STILL + 2)
    night.guard.lose(101.0)
    assert night.wants(101, 200) == [None, None]


def test_one_that_stands_still_and_was_hushed_is_heard_when_it_stands_still_again(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.wants(STANDS_STILL)
    quiet(tmp_path)
    assert night.wants(STANDS_STILL + 2, 300) == [None, None]
    night.guard.hear(Said.MONITORED, None, 400.0)
    assert night.wants(400 + STANDS_STILL) == [GONE]


def test_it_is_quiet_when_somebody_says_so(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.dies()
    night.wants(PATIENCE)
    assert quiet(tmp_path) is not None
    assert night.guard.is_over(PATIENCE + 2)


def test_it_is_over_when_another_player_begins_and_not_before(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.dies()
    night.wants(PATIENCE)
    assert not night.guard.is_over(PATIENCE + 2)
    Post(tmp_path).take()
    assert night.guard.is_over(PATIENCE + 4)


def test_what_a_newer_player_says_is_not_taken_back(tmp_path: Path) -> None:
    old, new = Night(tmp_path, tmp_path / "home"), Night(tmp_path, tmp_path / "home")
    old.wants(STANDS_STILL)
    new.wants(STANDS_STILL)
    old.guard.end()
    assert alone(tmp_path) is not None


def test_a_folder_that_cannot_be_written_makes_nobody_silent(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    guard = Guard(Post(tmp_path / "file"), 0.0, Home(tmp_path))
    guard.hear(Said.MONITORED, None, 0.0)
    guard.lose(0.0)
    assert [guard.wanted(moment) for moment in (0, PATIENCE, HOUR / 2)] == [None, GONE, GONE]
    assert not guard.is_over(HOUR / 2)
    assert guard.is_over(ENDS_AFTER)


@pytest.mark.parametrize("what", [(ON_DUTY,), (ALONE,), (ON_DUTY, ALONE)])
def test_whatever_cleans_up_the_folder_makes_nobody_silent(tmp_path: Path, what: tuple[str, ...]) -> None:
    night = Night(tmp_path / "runtime", tmp_path)
    night.dies()
    night.wants(PATIENCE)
    for name in what:
        (night.folder / name).unlink()
    assert night.wants(PATIENCE + 2, PATIENCE + 4) == [GONE, GONE]
    assert not night.guard.is_over(PATIENCE + 4)


def test_a_folder_that_was_cleaned_away_is_there_again_and_who_says_quiet_is_heard(tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    night = Night(runtime, tmp_path)
    night.dies()
    night.wants(PATIENCE)
    shutil.rmtree(runtime)
    assert night.wants(PATIENCE + 2) == [GONE]
    assert quiet(runtime) is not None
    assert night.guard.is_over(PATIENCE + 4)


def test_the_name_of_who_is_on_duty_stays_young_and_comes_back(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home", is_monitored=False)
    os.utime(tmp_path / ON_DUTY, (0, 0))
    night.wants(KEEPS_EVERY)
    assert (tmp_path / ON_DUTY).stat().st_mtime > 0
    (tmp_path / ON_DUTY).unlink()
    night.wants(2 * KEEPS_EVERY)
    assert (tmp_path / ON_DUTY).exists()


def test_one_whose_recorder_did_not_stop_when_asked_is_not_heard_when_that_is_killed(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    hush(tmp_path)
    night.dies()
    assert night.wants(0, 2, PATIENCE + 2) == [None, None, None]
    assert night.guard.is_over(PATIENCE + 2)


def test_who_hushes_one_player_does_not_hush_the_next(tmp_path: Path) -> None:
    Night(tmp_path, tmp_path / "home")
    hush(tmp_path)
    night = Night(tmp_path, tmp_path / "home")
    night.dies()
    assert night.wants(0, 2, PATIENCE + 2) == [None, None, GONE]


def test_a_pause_while_the_recorder_lives_hushes_nobody_who_is_alone_later(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    assert quiet(tmp_path) is None
    night.dies()
    assert night.wants(0, 2, PATIENCE + 2) == [None, None, GONE]


def test_where_the_home_was_deleted_nobody_waits_for_its_recorder(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.dies()
    night.wants(PATIENCE)
    night.data.rmdir()
    assert night.guard.is_over(PATIENCE + 2)


def test_a_demo_that_dies_or_hangs_is_never_heard(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home", is_demo=True)
    night.rings(HIGH)
    assert night.wants(STANDS_STILL + 1) == [HIGH]
    night.dies()
    assert night.guard.is_over(STANDS_STILL + 2)
    assert alone(tmp_path) is None


def test_since_when_nobody_is_watched_is_told(tmp_path: Path) -> None:
    night = Night(tmp_path, tmp_path / "home")
    night.wants(STANDS_STILL)
    told = alone(tmp_path)
    assert told is not None
    assert STANDS_STILL - 1 < (datetime.now(UTC) - told.since).total_seconds() < 2 * STANDS_STILL
