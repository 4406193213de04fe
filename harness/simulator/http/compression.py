"""Compression: events come in gzip to whoever accepts it, as their `vary` header says.

Nothing else of the API does: no other answer with records was recorded with that header.
"""

from __future__ import annotations

import gzip
import re

from harness.simulator.http.message import Request, Response

_ACCEPTED = re.compile(
    r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?\s*(?:,|$)", re.I
)
_QUICK = 1  # the way is short here: seconds count more than bytes


def accepts(request: Request) -> bool:
    """Whether the client names gzip among what it can read, and not with a weight of nothing."""
    accepted = request.header("accept-encoding")
    return "gzip" in accepted.lower() and _ACCEPTED.search(accepted) is not None


def compressed(response: Response) -> Response:
    """The same answer in gzip; one that is cut off is cut off as far along as before."""
    plain = len(response.body)
    response.body = gzip.compress(response.body, _QUICK, mtime=0)
    response.headers.append((b"content-encoding", b"gzip"))
    if response.cut is not None:
        response.cut = response.cut * len(response.body) // max(1, plain)
    return response
