"""This is the place for how large letters must be to be read from across the room.

Our choice, with the arithmetic: signs are easily read at 200 times the height of their capitals; across a
room is 4 m, so capitals are 20 mm tall. A window that fills a screen of 24 inches (16:9) is 299 mm high, and
20 mm are a fifteenth of that. On a laptop of 15.6 inches (194 mm) the same letters are 13 mm, still twice
the 5.8 mm that an eye of 20/20 can just make out at 4 m (5 minutes of arc).
"""

from math import ceil

from healthmon.gui.lettering import Weight, metrics

SHARE = 15  # capitals are this part of the window's height
_SAMPLE = 100


def px(window_height: int) -> int:
    """The font size, in pixels, whose capitals are a fifteenth of this height."""
    capitals = metrics(_SAMPLE, Weight.SEMIBOLD).capHeight() / _SAMPLE
    return ceil(window_height / SHARE / capitals)


def line_height(font_px: int) -> int:
    """How tall a line of that size must be, for accents above and tails below."""
    return ceil(font_px * 1.22)
