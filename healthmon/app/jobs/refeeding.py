"""This is the place for the work of feeding refused messages again."""

from healthmon.app.jobs.asked import RefeedAsked
from healthmon.app.jobs.work import Means
from healthmon.pipeline.refeed import Chosen, Refeed


def refeed_work(asked: RefeedAsked, means: Means) -> Refeed:
    """The re-feeding that was asked for, not yet begun."""
    chosen = Chosen(asked.reason, asked.topic, asked.since)
    return Refeed(means.data, means.parser, chosen, dry=asked.dry_run)
