"""This is the place for an evaluation as lines to read, and for the rates that go with its counts."""

from collections.abc import Iterator
from typing import Any

from healthmon.evaluation import AtRate, Judgement, Report
from healthmon.evaluation.folds import Interval
from healthmon.events.plain_text import made_plain
from healthmon.reports.poisson import rate

_DAY = 24.0


def with_rates(report: dict[str, Any]) -> dict[str, Any]:  # Any: what asdict makes, JSON by construction
    """The report as JSON, each count with its rate a day and an hour and its exact interval."""
    for each in report["rates"]:
        for said in each["said"]:
            told = rate(said["count"], said["hours"] / _DAY)
            said |= {"per_day": told.per_day, "per_day_low": told.low, "per_day_high": told.high}
            said["per_hour"] = None if told.per_day is None else told.per_day / _DAY
    return report


def lines(report: Report) -> Iterator[str]:
    """A table for each rate of readings."""
    asked = report.asked
    added = f"events added with seeds {', '.join(map(str, asked.seeds))}" if asked.seeds else "nothing added"
    yield f"{report.people} recordings; {added}, {asked.copies} copies each; {asked.folds} folds by person"
    yield "false marks are those of the recordings as they are: some are rises that were real"
    for each in report.rates:
        yield ""
        yield from _at(each)
    if report.ratio:
        yield ""
        for name, share in report.ratio.items():
            yield f"false {name}, at the recordings' own rate: {_told(share)}"


def _at(each: AtRate) -> Iterator[str]:
    rate_of = "own rate" if each.every is None else f"a reading in {each.every:g} s"
    yield f"{rate_of}, {each.hours:.1f} h"
    yield f"  {'said':<18}{'priority':<10}{'count':>6}  an hour, a day (exact Poisson 95 %)"
    for one in each.said:
        told = rate(one.count, one.hours / _DAY)
        if told.per_day is not None and told.low is not None and told.high is not None:
            a_day = f"{told.per_day:.2f} ({told.low:.2f} to {told.high:.2f})"
            yield (
                f"  {made_plain(one.name):<18}{one.priority:<10}{one.count:>6}  {told.per_day / _DAY:.2f} "
                f"({told.low / _DAY:.2f} to {told.high / _DAY:.2f}), {a_day}"
            )
    if not each.said:
        yield "  nothing"
    for judged in each.judged:
        yield from _judged(judged)


def _judged(one: Judgement) -> Iterator[str]:
    chosen = f" (limits {', '.join(f'{limit:g}' for limit in one.chosen)})" if one.chosen else ""
    precision = "-" if one.precision is None else f"{one.precision:.2f}"
    yield f"  {one.rule}{chosen}"
    if one.tally.events:
        yield (
            f"    steps and ramps of 25 and more: {one.tally.found} of {one.tally.events} found, "
            f"{one.tally.masked} masked; recall {_told(one.recall)}, "
            f"of the unmasked {_told(one.recall_unmasked)}"
        )
    yield f"    false an hour {_told(one.false_an_hour)}; precision {precision}"
    for kind in one.events:
        delay = "" if kind.delay is None else f", after {kind.delay:.0f} s"
        yield (
            f"      {kind.shape:<10}{kind.size:>+5.0f}: {kind.found:>3} of {kind.events:>3}, "
            f"{kind.masked} masked{delay}"
        )


def _told(share: Interval) -> str:
    if share.value is None or share.low is None or share.high is None:
        return "-"
    return f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f})"
