"""The rule speaks once a minute of who is heard live, when there is news, and steps back from alarms."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import timedelta
from functools import cache
from itertools import pairwise

import pytest

from healthmon.advice import Advise, ModelFault, Refused
from healthmon.events import Entry, Json, Remark, Thing
from tests.unit.advice.models import small_model
from tests.unit.advice.wearer import DAY, MINUTE, START, Wearer, alarm, entry, lives_in, merged, played, said

MODEL = small_model()
MARIA = Wearer()
NOW = START + 14 * DAY + timedelta(hours=14)


@cache
def _lived(oxygen: float = 97) -> Advise:
    rule = Advise(MODEL)
    played(rule, Wearer(oxygen=oxygen).days(14))
    return rule


def _rule(oxygen: float = 97) -> Advise:
    """A rule that has seen fourteen imported days."""
    return deepcopy(_lived(oxygen))


def _advice(live: Sequence[Entry], rule: Advise | None = None) -> list[Remark]:
    end = said("nobody", "HR", 0, live[-1].time + 2 * MINUTE, delivery="retained")
    return played(rule or _rule(), [*live, end])


def _answers(remarks: Sequence[Remark]) -> list[Remark]:
    return [remark for remark in remarks if "value" in remark.context]


def test_history_alone_says_nothing() -> None:
    assert played(Advise(MODEL), MARIA.days(1)) == []


def test_after_an_import_an_answer_comes_within_minutes_of_live_readings() -> None:
    answers = _answers(_advice(MARIA.minutes(10, NOW, every=1)))

    assert answers[0].at - NOW <= 5 * MINUTE
    assert answers[0].context["band"] == "usual"


def test_at_sixty_times_the_speed_an_answer_comes_too() -> None:
    uneven = [
        said("maria", one.object.type, one.value, one.time + timedelta(seconds=37))
        for one in MARIA.minutes(10, NOW)
    ]

    assert _answers(_advice(uneven))


def test_an_answer_has_a_score_a_band_and_two_reasons() -> None:
    remark = _answers(_advice(MARIA.minutes(10, NOW, rate=lambda _: 15)))[-1]

    assert remark.object.type == "ADVICE"
    assert isinstance(remark.context["value"], int)
    assert remark.context["model"] == MODEL.id[:12]
    assert remark.context["nights"] == 14
    assert [set(reason) for reason in _reasons(remark)] == [{"feature", "points", "observed", "usual"}] * 2


def test_the_strongest_reason_comes_first_and_names_the_advice() -> None:
    remark = _answers(_advice(MARIA.minutes(20, NOW, rate=lambda _: 30)))[-1]

    assert _reasons(remark)[0]["feature"] == "hr_excess"
    assert (remark.object.id, remark.context["band"]) == ("out-rate-above", "out of usual")


def test_reasons_of_a_calm_day_speak_of_two_things() -> None:
    remark = _answers(_advice(MARIA.minutes(10, NOW)))[-1]

    assert [reason["feature"] for reason in _reasons(remark)] == ["hr_excess", "sp_drop"]


def test_the_heart_rate_is_named_once() -> None:
    remark = _answers(_advice(MARIA.minutes(20, NOW, rate=lambda _: -12)))[-1]

    assert [reason["feature"] for reason in _reasons(remark)] == ["hr_deficit", "sp_drop"]


def test_remarks_stand_at_whole_minutes() -> None:
    remarks = _advice(MARIA.minutes(20, NOW + timedelta(seconds=13), every=1))

    assert remarks
    assert all(remark.at.second == 0 for remark in remarks)


def test_no_news_is_repeated_every_ten_minutes() -> None:
    at = [remark.at for remark in _answers(_advice(Wearer(noise=0.2).minutes(40, NOW)))]

    assert [later - earlier for earlier, later in pairwise(at)] == [10 * MINUTE] * (len(at) - 1)
    assert len(at) >= 3


def test_five_points_are_news() -> None:
    story = MARIA.minutes(30, NOW, rate=lambda at: 25 if at >= NOW + 10 * MINUTE else 0)
    scores = [int(str(remark.context["value"])) for remark in _answers(_advice(story))]

    assert scores == sorted(scores, reverse=True)
    assert len(scores) >= 5


def test_cold_start_waits_for_three_nights_and_then_answers() -> None:
    live = MARIA.days(4, delivery=None)

    remarks = played(Advise(MODEL), live)
    first = _answers(remarks)[0]

    assert (remarks[0].object.id, remarks[0].context["why"]) == ("not-enough", "few-nights")
    assert remarks[0].context["expected"] == "2026-11-04T07:00:00Z"
    assert (
        START + 2 * DAY + timedelta(hours=7) <= first.at <= START + 2 * DAY + timedelta(hours=7, minutes=10)
    )


def test_without_history_the_first_minute_says_when_to_expect_an_answer() -> None:
    remark = _advice(MARIA.minutes(2, NOW, every=1), Advise(MODEL))[0]

    assert remark.context["why"] == "few-nights"
    assert remark.context["expected"] == "2026-11-19T07:00:00Z"
    assert "value" not in remark.context


def test_expectations_follow_the_persons_zone() -> None:
    rule = Advise(MODEL)
    played(rule, [lives_in("maria", "Europe/Berlin", NOW)])

    assert _advice(MARIA.minutes(2, NOW), rule)[0].context["expected"] == "2026-11-19T06:00:00Z"


def test_an_unknown_zone_changes_nothing() -> None:
    rule = Advise(MODEL)
    played(rule, [lives_in("maria", "../etc/passwd", NOW)])

    assert _advice(MARIA.minutes(2, NOW), rule)[0].context["expected"] == "2026-11-19T07:00:00Z"


def test_steady_low_oxygen_is_capped_however_usual_it_is() -> None:
    always_low = Wearer(oxygen=86)

    remark = _answers(_advice(always_low.minutes(20, NOW), _rule(86)))[-1]

    assert remark.context["value"] == 30
    assert (remark.object.id, _reasons(remark)[0]["feature"]) == ("out-oxygen-level", "oxygen_level")


def test_the_low_oxygen_profile_has_its_own_steps() -> None:
    always_low = Wearer(oxygen=90)
    rule = _rule(90)
    played(rule, [lives_in("maria", "UTC", NOW, profile="low-oxygen")])

    assert _answers(_advice(always_low.minutes(20, NOW), rule))[-1].context["band"] == "usual"


def test_a_high_alarm_comes_first() -> None:
    live = merged(MARIA.minutes(20, NOW), [alarm("RAISES", "maria", NOW + 12 * MINUTE)])

    remark = _advice(live)[-1]

    assert (remark.object.id, remark.context["outranked_by"]) == ("step-back", "SPO2_CRIT")
    assert int(str(remark.context["value"])) <= 30


def test_when_the_alarm_is_over_advice_speaks_again() -> None:
    told = (("RAISES", 5), ("CLEARS", 9), ("ESCALATES", 9))  # and a contact is told that it is over
    ringing = [alarm(verb, "maria", NOW + minute * MINUTE) for verb, minute in told]

    remark = _advice(merged(MARIA.minutes(30, NOW), ringing))[-1]

    assert (remark.object.id, "outranked_by" in remark.context) == ("usual", False)


def test_a_number_is_never_better_than_its_band() -> None:
    story = Wearer(noise=0.2).minutes(75, NOW, rate=lambda at: 15 if at < NOW + 50 * MINUTE else 7)
    ceilings = {"usual": 100, "worth a look": 79, "out of usual": 59}

    told = [(str(r.context["band"]), int(str(r.context["value"]))) for r in _answers(_advice(story))]

    assert [band for band, _ in told if band == "worth a look"]
    assert told[-1][0] == "usual"
    assert all(value <= ceilings[band] for band, value in told)


def test_a_low_alarm_does_not_outrank() -> None:
    live = merged(MARIA.minutes(20, NOW), [alarm("RAISES", "maria", NOW + 12 * MINUTE, priority="low")])

    assert _advice(live)[-1].object.id == "usual"


def test_another_persons_alarm_does_not_outrank() -> None:
    live = merged(MARIA.minutes(20, NOW), [alarm("RAISES", "yusuf", NOW + 12 * MINUTE)])

    assert _advice(live)[-1].object.id == "usual"


def test_advice_only_advises() -> None:
    live = merged(MARIA.minutes(30, NOW, rate=lambda _: 30), [alarm("RAISES", "maria", NOW + 5 * MINUTE)])

    assert {remark.verb for remark in _advice(live)} == {"ADVISES"}


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_of_what_is_not_live_nothing_is_said(delivery: str) -> None:
    assert _advice(MARIA.minutes(20, NOW, delivery=delivery)) == []


def test_silence_is_said_once_and_then_nothing() -> None:
    live = MARIA.minutes(20, NOW)
    later = said("yusuf", "HR", 70, NOW + timedelta(hours=2))

    remarks = [
        one for one in played(_rule(), [*live, later]) if one.person == "maria" and one.at > NOW + 20 * MINUTE
    ]

    assert {remark.context["why"] for remark in remarks if "why" in remark.context} == {"no-heart-rate"}
    assert max(remark.at for remark in remarks) <= NOW + 31 * MINUTE


def test_when_nobody_is_heard_nothing_is_due() -> None:
    rule = _rule()
    played(rule, MARIA.minutes(5, NOW))

    played(rule, [said("maria", "SPO2", 97, NOW + timedelta(hours=3), delivery="import")])

    assert rule.due() is None


def test_of_the_time_when_nobody_recorded_nothing_is_said() -> None:
    rule = _rule()
    played(rule, MARIA.minutes(5, NOW))
    back = NOW + timedelta(hours=3)
    start = entry(Thing("MONITOR"), "STARTS", Thing("RECORDER"), back, {})
    rule.observe(start)

    remarks = played(rule, MARIA.minutes(10, back))

    assert min(remark.at for remark in remarks) == back + MINUTE


def test_ticks_leave_no_trace() -> None:
    live = merged(MARIA.minutes(120, NOW, rate=lambda at: at.minute % 37), Wearer("yusuf").minutes(50, NOW))

    remarks = [
        played(_rule(), live, tick=tick) for tick in (None, timedelta(seconds=7), timedelta(minutes=3))
    ]

    assert remarks[0] == remarks[1] == remarks[2]
    assert len(remarks[0]) > 10


def test_the_same_log_twice_gives_the_same_advice() -> None:
    live = MARIA.minutes(60, NOW, rate=lambda at: at.minute % 23)

    assert played(_rule(), live) == played(_rule(), live)


def test_people_do_not_mix() -> None:
    alone = _advice(MARIA.minutes(30, NOW))
    together = _advice(merged(MARIA.minutes(30, NOW), Wearer("yusuf", night=90, oxygen=88).minutes(30, NOW)))

    assert [remark for remark in together if remark.person == "maria"] == alone


def test_a_refused_model_says_so_and_waits_for_no_answer() -> None:
    rule = Advise(Refused(ModelFault.HASH, "damaged"))

    remarks = _advice(MARIA.minutes(25, NOW), rule)

    assert {(remark.context["why"], "expected" in remark.context) for remark in remarks} == {
        ("model-refused", False)
    }
    assert len(remarks) == 3


def test_readings_of_nobody_are_nobodys() -> None:
    rule = Advise(MODEL)
    one = said("maria", "HR", 70, NOW).with_context(person=None)

    assert played(rule, [one]) == []
    assert rule.due() is None


def _reasons(remark: Remark) -> list[dict[str, Json]]:
    reasons = remark.context["reasons"]
    assert isinstance(reasons, list)
    return [reason for reason in reasons if isinstance(reason, dict)]
