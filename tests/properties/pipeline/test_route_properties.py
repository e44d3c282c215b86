"""Rules that choose what they hear say the same as when they are shown everything."""

from collections.abc import Iterable
from datetime import datetime

from hypothesis import given, settings

from healthmon.events import Entry, Remark, Rule, Selective
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings
from tests.fakes.stories import Chapter, Home, chapters, lines

FEW = settings(max_examples=25)


class _Unselective:
    """A rule of the house that is shown everything, and has no short ways."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self.name = rule.name

    def observe(self, entry: Entry) -> Iterable[Remark]:
        return self._rule.observe(entry)

    def due(self) -> datetime | None:
        return self._rule.due()

    def fire(self, at: datetime) -> Iterable[Remark]:
        return self._rule.fire(at)

    def forget(self, person: str) -> None:
        self._rule.forget(person)


def _rules() -> tuple[Rule, ...]:
    return house_rules(RuleSettings()).rules


@FEW
@given(chapters)
def test_what_is_not_shown_to_a_rule_would_not_have_mattered_to_it(story: list[Chapter]) -> None:
    whole = [chapter for chapter in story if chapter.kind not in {"crash", "restart"}]
    everything = Logic([_Unselective(rule) for rule in _rules()], remembered_ids=300)

    chosen = Home(Logic(_rules(), remembered_ids=300)).live(whole).log
    shown_all = Home(everything).live(whole).log

    assert list(lines(chosen)) == list(lines(shown_all))


def test_every_rule_of_the_house_chooses_what_it_hears() -> None:
    unselective = [rule.name for rule in _rules() if not isinstance(rule, Selective)]

    assert unselective == []
