"""This is the place for what may be believed of a text that somebody else wrote: nothing but its letters."""

import unicodedata

# Cc control, Cf format (bidi overrides among them), Zl and Zp line and paragraph separators, Cs surrogates.
_NOT_PLAIN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


def is_plain(text: str) -> bool:
    """Whether a text is free of characters that change how other text looks or breaks a line."""
    return (text.isascii() and text.isprintable()) or not any(map(_is_odd, text))


def made_plain(text: str, *, longest: int = 200) -> str:
    """The text with such characters replaced by U+FFFD, cut to `longest` characters."""
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return cut if is_plain(cut) else "".join("\ufffd" if _is_odd(letter) else letter for letter in cut)


def _is_odd(letter: str) -> bool:
    return unicodedata.category(letter) in _NOT_PLAIN
