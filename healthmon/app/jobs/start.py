"""This is the place for which work answers which question."""

from healthmon.app.jobs.asked import Asked, EraseAsked, ImportAsked, PruneAsked, RefeedAsked
from healthmon.app.jobs.erasing import EraseWork
from healthmon.app.jobs.importing import import_work
from healthmon.app.jobs.pruning import PruneWork
from healthmon.app.jobs.refeeding import refeed_work
from healthmon.app.jobs.work import Means, Work


def work_for(asked: Asked, means: Means) -> Work:
    """The work that was asked for, not yet begun. Raises ValueError or KeyError for senseless questions."""
    match asked:
        case ImportAsked():
            return import_work(asked, means)
        case RefeedAsked():
            return refeed_work(asked, means)
        case PruneAsked():
            return PruneWork(asked, means)
        case EraseAsked():
            return EraseWork(asked, means)
