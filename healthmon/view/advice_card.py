"""This is the place for what the model says of a person, or why it says nothing."""

from datetime import datetime, timedelta
from typing import Final

from healthmon.advice.catalogue import Catalogue
from healthmon.events import Entry
from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.moments import moment_in
from healthmon.view.present import Present
from healthmon.view.screen import AdviceCard, Band

# Advice is repeated every 10 minutes for whoever is heard. What was not repeated is about another time.
OUTDATED: Final = timedelta(minutes=15)


class AdviceBook:
    """The newest advice for each person. One thread."""

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue
        self._newest: dict[str, Entry] = {}

    def __getstate__(self) -> dict[str, object]:
        return {**vars(self), "catalogue": None}  # words are read from their file, not kept

    def fold(self, entry: Entry) -> None:
        """One ADVISES."""
        person = entry.person
        if person is None or entry.object.type != "ADVICE":
            return
        known = self._newest.get(person)
        if known is None or entry.time >= known.time:
            self._newest[person] = entry

    def card(self, person: str, name: str, present: Present, *, in_alarm: bool) -> AdviceCard:
        """The card to show; with a high alarm it steps back, without recent readings it abstains."""
        entry = self._newest.get(person)
        if entry is None:
            return self._silent(words.advice.NO_ADVICE_YET)
        if present.now - entry.time > OUTDATED + present.forgiven:
            return self._silent(words.advice.GONE_QUIET, entry)
        band = words.advice.band_of(entry.context.get("band"))
        if in_alarm or entry.context.get("outranked_by"):
            return self._stepped_back(entry, band, name)
        if band is None or entry.amount is None:
            return self._unanswered(entry, name, present)
        return AdviceCard(
            title=words.advice.TITLE,
            score=round(entry.amount),
            band=band,
            headline=words.advice.headline(entry, band, name, self.catalogue),
            text=words.advice.text(entry, name, self.catalogue),
            reasons=words.advice.reasons(entry, self.catalogue),
            badge=words.advice.badge(self.catalogue),
            model=_model(entry),
            at=entry.time,
        )

    def _stepped_back(self, entry: Entry, band: Band | None, name: str) -> AdviceCard:
        score = None if entry.amount is None or band is None else round(entry.amount)
        return AdviceCard(
            title=words.advice.TITLE,
            score=score,
            band=band if score is not None else None,
            headline=words.advice.STEP_BACK_HEADLINE,
            text=words.advice.text(entry, name, self.catalogue) or words.advice.STEP_BACK,
            badge=words.advice.badge(self.catalogue),
            model=_model(entry),
            at=entry.time,
            outranked=True,
        )

    def _unanswered(self, entry: Entry, name: str, present: Present) -> AdviceCard:
        expected = moment_in(entry, "expected")
        coming = expected if expected is not None and expected > present.now else None
        told = "" if coming is None else present.told(coming)
        return self._silent(words.advice.why_not(entry, name, told, self.catalogue), entry, coming)

    def _silent(self, text: str, entry: Entry | None = None, expected: datetime | None = None) -> AdviceCard:
        return AdviceCard(
            title=words.advice.TITLE,
            score=None,
            band=None,
            headline=words.advice.NOT_ENOUGH,
            text=text,
            badge=words.advice.badge(self.catalogue),
            model="" if entry is None else _model(entry),
            at=None if entry is None else entry.time,
            expected=expected,
        )


def _model(entry: Entry) -> str:
    said = entry.context.get("model")
    return made_plain(said, longest=12) if isinstance(said, str) else ""
