"""Episodes as the log tells them."""

import pytest

from healthmon.events import Json, Thing
from healthmon.reports.episode import Episode, Hush, Verdict
from healthmon.reports.episodes import Episodes
from tests.unit.reports.alarm_days import ANNA, MONITOR, Days, at, episode_at

BEN = Thing("CAREGIVER", "ben")


def _episodes(days: Days) -> list[Episode]:
    fold = Episodes()
    for entry in days.in_order():
        fold.take(entry)
    return list(fold.by_id.values())


def _one(days: Days) -> Episode:
    (episode,) = _episodes(days)
    return episode


def test_alarms_that_share_an_id_are_one_episode() -> None:
    episode = _one(Days().raises(1).raises(2, "SPO2_CRIT", priority="high", episode=episode_at(1)))

    assert ([part.alarm for part in episode.parts], episode.is_high) == (["SPO2_LOW", "SPO2_CRIT"], True)


def test_old_logs_have_an_episode_for_each_alarm() -> None:
    days = Days().raises(1, episode="SPO2_LOW:maria:x").raises(2, "HR_HIGH", episode="HR_HIGH:maria:y")

    assert [len(one.parts) for one in _episodes(days)] == [1, 1]


def test_an_alarm_that_comes_back_is_the_same_one() -> None:
    days = Days().raises(1).clears(3, 1).raises(5, why="again", episode=episode_at(1))
    (part,) = _one(days).parts

    assert (part.raised, part.end) == (at(1), None)


@pytest.mark.parametrize("why", ["lasting", "floor", "unsettled", "snooze-over"])
def test_what_rings_again_is_no_new_alarm(why: str) -> None:
    days = Days().raises(1).raises(11, why=why, priority="high", episode=episode_at(1))
    (part,) = _one(days).parts

    assert (part.priority, part.at_first) == ("high", "medium")


def test_the_same_alarm_later_in_an_episode_is_another_one() -> None:
    days = Days().raises(1).clears(2, 1).raises(9, episode=episode_at(1))

    assert len(_one(days).parts) == 2


def test_the_first_answers_are_kept() -> None:
    days = Days().raises(1).acknowledges(3, 1).acknowledges(4, 1)
    days.says(2, BEN, "TAKES", Thing("ALARM", "SPO2_LOW"), episode=episode_at(1))
    episode = _one(days)

    assert episode.answered == episode.taken
    assert (episode.taken and episode.taken.by, episode.acknowledged and episode.acknowledged.at) == (
        "ben",
        at(3),
    )


def test_answering_covers_what_is_not_more_urgent() -> None:
    days = Days().raises(1).raises(2, "SPO2_CRIT", priority="high", episode=episode_at(1))
    episode = _one(days.acknowledges(3, 1, "SPO2_LOW"))

    assert [part.answered is not None for part in episode.parts] == [True, False]


def test_an_imported_answer_answers_nothing() -> None:
    days = Days().raises(1)
    days.says(2, ANNA, "ACKNOWLEDGES", Thing("ALARM", "SPO2_LOW"), episode=episode_at(1), delivery="import")

    assert _one(days).answered is None


def test_the_last_verdict_counts() -> None:
    episode = _one(Days().raises(1).rates(2, 1, "true").rates(3, 1, "false").rates(4, 1, "perhaps"))

    assert (episode.rated, episode.rater and episode.rater.at) == (Verdict.FALSE, at(3))


def test_nobody_but_a_carer_judges() -> None:
    days = Days().raises(1)
    days.says(2, Thing("WATCH", "w"), "RATES", Thing("EPISODE", episode_at(1)), value="false")

    assert _one(days).rated is None


def test_a_lost_signal_is_an_unknown_stretch() -> None:
    days = Days().raises(1)
    for minute, state in ((5, "unknown"), (8, "known")):
        since = at(4).isoformat() if state == "unknown" else None
        days.says(
            minute,
            MONITOR,
            "FLAGS",
            Thing("ALARM", "SPO2_LOW"),
            episode=episode_at(1),
            state=state,
            unknown_since=since,
        )
    (stretch,) = _one(days).parts[0].unknown

    assert (stretch.begin, stretch.end) == (at(4), at(8))


def test_a_latched_alarm_stays_open_until_it_is_seen() -> None:
    days = Days().raises(1).clears(3, 1, latched=True)

    assert (_one(days).is_open, _one(days.acknowledges(9, 1)).is_open) == (True, False)


def test_calls_for_help_and_what_became_of_them() -> None:
    days = Days().raises(1)
    alarm = Thing("ALARM", "SPO2_LOW")
    days.says(2, MONITOR, "ESCALATES", alarm, episode=episode_at(1), contact="ben", why="raised")
    days.says(3, MONITOR, "NOTIFIES", Thing("CONTACT", "ben"), cause="t1", outcome="delivered")
    (message,) = _one(days).messages.values()

    assert (message.contact, message.outcome, message.settled) == ("ben", "delivered", at(3))


def test_an_alarm_that_began_before_does_not_count() -> None:
    episode = _one(Days().clears(3, 1))

    assert (episode.counts, episode.end) == (False, at(3))


def test_technical_alarms_say_so() -> None:
    days = Days(person="").raises(1, "BATTERY", person=None, technical=True, device="watch-7", episode="B:1")

    assert (_one(days).is_technical, _one(days).device) == (True, "watch-7")


def test_a_technical_alarm_that_gets_worse_is_the_same_one() -> None:
    said: dict[str, Json] = {"technical": True, "episode": "L:1", "why": None}
    days = Days().raises(1, alarm="LOG", **said).raises(2, alarm="LOG", **said)

    assert len(_one(days).parts) == 1


def _hush(days: Days) -> Hush | None:
    return _one(days).parts[0].hush


def test_a_medium_alarm_in_quiet_hours_is_hushed() -> None:
    days = Days().says(0, ANNA, "SETS", Thing("QUIET_HOURS"), **{"from": "23:00", "to": "07:00"})
    days.says(0, ANNA, "SETS", Thing("PERSON", "maria"), zone="Europe/Berlin")

    assert _hush(days.raises(1)) is Hush.QUIET_HOURS  # 22:01 in UTC is 23:01 there


@pytest.mark.parametrize("more", [{"priority": "high"}, {"floor": True}])
def test_quiet_hours_hush_nothing_that_is_urgent(more: dict[str, Json]) -> None:
    days = Days().says(0, ANNA, "SETS", Thing("QUIET_HOURS"), **{"from": "22:00", "to": "07:00"})

    assert _hush(days.raises(1, alarm="SPO2_LOW", **more)) is None


def test_a_pause_lasts_ten_minutes_at_most() -> None:
    days = Days().says(0, ANNA, "PAUSES", Thing("SOUND"), value=120, unit="min")

    assert (_hush(days.raises(9)), _episodes(days.raises(10))[1].parts[0].hush) == (Hush.PAUSED, None)


def test_a_snooze_is_told_by_the_alarm_itself() -> None:
    assert _hush(Days().raises(1, snoozed_until=at(2).isoformat())) is Hush.SNOOZED
