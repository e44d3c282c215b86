"""`healthmon alarms report`: what somebody's alarms come to, a worn day."""

import difflib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from healthmon.cli.alarms_span import add_span, now_of, span_of
from healthmon.cli.options import add_data, home_of, parser
from healthmon.cli.reading import watched
from healthmon.events import wire
from healthmon.events.plain_text import made_plain
from healthmon.reports.alarm_report import AlarmFigures, AlarmReport, PersonReport
from healthmon.reports.budget import AUDIBLE_A_DAY, FALSE_HIGH_A_DAY, WINDOW, Budget
from healthmon.reports.poisson import Rate
from healthmon.reports.wanted import Wanted
from healthmon.reports.worn import WornFrom

_TOLD_BY = {WornFrom.REPORTS: "as the devices say", WornFrom.READINGS: "hours with valid readings"}


def run(words: Sequence[str]) -> int:
    """Print one block for each person, or one JSON object. One pass; memory for the episodes."""
    made = parser(
        "alarms report",
        "Alarms per worn day, the audible and the false ones, how soon they were answered, and the budget.\n"
        "False are only episodes that a carer judged false; intervals are exact Poisson 95 % intervals.",
        "healthmon alarms report --person maria --last 30d",
    )
    made.add_argument("--json", action="store_true", help="one JSON object")
    add_span(made)
    add_data(made)
    args = made.parse_args(words)
    settings = home_of(args)
    since, until = span_of(args, made, now_of(settings))
    figures = AlarmFigures(since, until)
    for entry in watched(settings.data_folder, Wanted(since=since), "counting"):
        figures.take(entry)
    report = figures.report(args.person)
    if args.json:
        print(wire.write(asdict(report)).decode())
    else:
        print("\n".join(_lines(report)))
    if args.person and not report.people:
        _tell_nobody(args.person, [one.person for one in figures.report().people])
    return 0


def _tell_nobody(asked: str, known: Sequence[str]) -> None:
    near = difflib.get_close_matches(asked, known, n=1)
    hint = f", did you mean {near[0]}?" if near else ""
    print(f"healthmon: person {made_plain(asked)} was not met{made_plain(hint)}", file=sys.stderr)


def _lines(report: AlarmReport) -> Iterator[str]:
    if report.since is None or report.until is None:
        yield "the log is empty there: nothing to report"
        return
    yield f"{report.since:%Y-%m-%d %H:%M} to {report.until:%Y-%m-%d %H:%M %Z}"
    for one in report.people:
        yield ""
        yield from _person(one)
    if report.technical:
        yield ""
        yield f"technical    {_counts(report.technical)}"


def _person(one: PersonReport) -> Iterator[str]:
    judged, answering = one.judged, one.answering
    yield f"{made_plain(one.person)}, worn {one.worn.days:.2f} days ({_TOLD_BY[one.worn.told_by]})"
    yield f"  episodes   {one.episodes}"
    yield f"  alarms     {_rate(one.alarms)}"
    yield f"  audible    {_rate(one.audible)}{_hushed(one.hushed)}"
    yield f"  false      {_rate(one.false)}; High {_rate(one.false_high)}"
    precision = "" if judged.precision is None else f"; {judged.precision:.0%} of the judged were true"
    yield (
        f"  judged     {judged.true} true, {judged.false} false, {judged.unsure} unsure, "
        f"{judged.unjudged} not judged{precision}"
    )
    if answering.median is not None and answering.ninetieth is not None:
        times = f"median {answering.median:.0f} s, 90 % within {answering.ninetieth:.0f} s; "
    else:
        times = ""
    yield f"  answered   {times}{answering.answered} answered, {answering.unanswered} never"
    share = "-" if one.time_in_alarm is None else f"{one.time_in_alarm:.2%} of the worn time"
    yield f"  in alarm   {share}"
    if one.by_alarm:
        yield f"  by alarm   {_counts(one.by_alarm)}"
    yield f"  budget     {_budget(one.budget)}"


def _rate(rate: Rate) -> str:
    if rate.per_day is None:
        return f"{rate.count}"
    return f"{rate.count}, {rate.per_day:.2f} a day ({rate.low:.2f} to {rate.high:.2f})"


def _hushed(hushed: Mapping[str, int]) -> str:
    told = _counts({why: count for why, count in hushed.items() if count})
    return f"; hushed: {told}" if told else ""


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{made_plain(name)} {count}" for name, count in counts.items())


def _budget(budget: Budget) -> str:
    limits = f"at most {AUDIBLE_A_DAY:g} audible a day, false High at most {FALSE_HIGH_A_DAY:g}: "
    if budget.is_kept is None:
        return limits + "nobody was watched"
    if budget.broken_since is None:
        return limits + "kept"
    review = f"; {WINDOW} days or more: review the limits (whatif helps)" if budget.suggests_review else ""
    return f"{limits}broken since {budget.broken_since}{review}"
