"""This is the place for what the model says of a person, or why it says nothing."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from healthmon.events import Entry, Json
from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.moments import moment_in
from healthmon.view.present import Present
from healthmon.view.screen import AdviceCard, Band

# Advice is repeated every 10 minutes for whoever is heard. What was not repeated is about another time.
OUTDATED: Final = timedelta(minutes=15)

# The catalogue's words for an advice id and the numbers beside it; empty when it has none.
AdviceText = Callable[[str, Mapping[str, Json]], str]


def no_catalogue(_advice_id: str, _context: Mapping[str, Json]) -> str:
    """The catalogue of a house without one."""
    return ""


class AdviceBook:
    """The newest advice for each person. One thread."""

    def __init__(self, text: AdviceText = no_catalogue) -> None:
        self._text = text
        self._newest: dict[str, Entry] = {}

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
            return _silent(None, present, text=words.advice.NO_ADVICE_YET)
        if present.now - entry.time > OUTDATED + present.forgiven:
            return _silent(entry, present, text=words.advice.why_not("gone-quiet", ""))
        band = words.advice.band_of(entry.context.get("band"))
        if in_alarm or entry.context.get("outranked_by"):
            return self._stepped_back(entry, band, name)
        if band is None or entry.amount is None:
            return _silent(entry, present, text=self._why_not(entry, present))
        return AdviceCard(
            title=words.advice.TITLE,
            score=round(entry.amount),
            band=band,
            headline=words.advice.headline(band, name),
            text=self._said(entry) or words.advice.text(band),
            reasons=words.advice.reasons(entry),
            model=_model(entry),
            at=entry.time,
        )

    def _stepped_back(self, entry: Entry, band: Band | None, name: str) -> AdviceCard:
        score = None if entry.amount is None or band is None else round(entry.amount)
        return AdviceCard(
            title=words.advice.TITLE,
            score=score,
            band=band if score is not None else None,
            headline=words.advice.headline(band, name),
            text=words.advice.OUTRANKED,
            model=_model(entry),
            at=entry.time,
            outranked=True,
        )

    def _why_not(self, entry: Entry, present: Present) -> str:
        expected = moment_in(entry, "expected")
        told = "" if expected is None else words.advice.expected(present.told(expected))
        return words.numbers.said(self._said(entry), words.advice.why_not(entry.context.get("why"), told))

    def _said(self, entry: Entry) -> str:
        return made_plain(self._text(entry.object.id, entry.context), longest=400)


def _silent(entry: Entry | None, present: Present, *, text: str) -> AdviceCard:
    expected = None if entry is None else moment_in(entry, "expected")
    return AdviceCard(
        title=words.advice.TITLE,
        score=None,
        band=None,
        headline=words.advice.NOT_ENOUGH,
        text=text,
        model="" if entry is None else _model(entry),
        at=None if entry is None else entry.time,
        expected=expected if expected is not None and expected > present.now else None,
    )


def _model(entry: Entry) -> str:
    said = entry.context.get("model")
    return made_plain(said, longest=12) if isinstance(said, str) else ""
