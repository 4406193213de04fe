"""Compact HTML: what a page means, without the signs that HTML lets one leave out.

A report has fifteen thousand attributes and a thousand quotation marks in its texts.
"""

from __future__ import annotations

import re
from functools import lru_cache

_APART = re.compile(r"(<(style|script)\b.*?</\2>)", re.DOTALL)
_PIECE = re.compile(r"<[a-zA-Z][^<>]*>|&#3[49];")
_QUOTED = re.compile(r' ([a-z-]+)="([\w#.:%-]+)"(?=[ >])', re.ASCII)
_BREAK = re.compile(
    r"(?<=>)\n+(?=</?(?:details|div|dl|figure|li|ol|p|summary|table|tbody|td|tr|ul)\b)"
)
"""Line breaks around blocks, which nobody sees."""
_MARKS = {"&#34;": '"', "&#39;": "'"}


def compact(page: str) -> str:
    """The page with plain attributes unquoted, quotation marks of texts as they are, and blocks
    that follow each other without a line break.

    Attributes of a word alone are plain. In every other, whatever was escaped stays escaped, and
    so do `<`, `>` and `&` everywhere; style sheets and scripts keep every byte, since the page
    names their hashes.
    """
    parts = _APART.split(page)
    # Of every three parts the second is a whole style sheet or script, the third its name.
    parts[0::3] = [
        _PIECE.sub(lambda match: _shorter(match[0]), _BREAK.sub("", part)) for part in parts[0::3]
    ]
    del parts[2::3]
    return "".join(parts)


@lru_cache(maxsize=4096)
def _shorter(piece: str) -> str:
    """A mark, or a tag, which most often is one of few."""
    return _MARKS.get(piece) or _QUOTED.sub(r" \1=\2", piece)
