"""The recorder tells of its broker when it is really away, and when it is back."""

from healthmon.app.cares.broker_news import BrokerNews


class Turns:
    """A recorder that looks once a second."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.news = BrokerNews(now=lambda: self.seconds)

    def look(self, *states: bool) -> list[object]:
        told: list[object] = []
        for is_up in states:
            said = self.news.look(is_up=is_up)
            if said is not None:
                told.append(said["value"])
            self.seconds += 1
        return told


def test_away_for_two_seconds_is_told_once() -> None:
    assert Turns().look(True, False, False, False, False, False) == ["away"]


def test_back_at_once_is_no_news() -> None:
    assert Turns().look(True, False, False, True, False, False, True, True) == []


def test_up_again_is_told() -> None:
    assert Turns().look(False, False, False, True, True, True, True) == ["away", "up"]
