"""Contested: causes that say more than what the records of other people and classes bear out.

A rule that says "never" has looked at what is wrong. Where records that came, changed or went in
the same way are right, and a change or a delivery tells them apart, that is the cause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from harness.assess.causes.contrast.changes_apart import changes_apart
from harness.assess.causes.contrast.in_common import apart_among_alike
from harness.assess.causes.likely_cause import LikelyCause
from harness.assess.findings import Finding
from harness.assess.recording_index import RecordingIndex

_NEVER = re.compile(r"never-(updates|restores|removes:\w+|adds:\w+)|ignores-events|order-kept:\w+")
"""Causes that give way."""
_GENERAL = ("keeps-active", "archives-what-is-shared")
"""Causes that are true, and do not say of which records."""
Named = tuple[list[LikelyCause], list[Finding]]
"""Causes, and the findings that none of them explains."""


def reconsidered(
    index: RecordingIndex, named: Sequence[LikelyCause], left: Sequence[Finding]
) -> Named:
    """The causes as they stand once others have been asked, and what is left."""
    doubtful = [cause for cause in named if _NEVER.fullmatch(cause.id)]
    if not doubtful:
        return [_told_apart(index, cause) for cause in named], list(left)
    several = [finding for cause in doubtful for finding in cause.behind]
    about = [*several, *(finding for finding in left if finding.kind and finding.clever_id)]
    if apart := changes_apart(index, about):
        others = [cause for cause in named if cause not in doubtful]
        claimed = {finding.id for finding in about}
        rest = [finding for finding in left if finding.id not in claimed]
        return [*(_told_apart(index, c) for c in others), replace(apart, behind=about)], rest
    return [_told_apart(index, cause) for cause in named], list(left)


def _told_apart(index: RecordingIndex, cause: LikelyCause) -> LikelyCause:
    """The cause, or what sets its records apart from others of which it would be true."""
    gives_way = _NEVER.fullmatch(cause.id)
    if not gives_way and cause.id not in _GENERAL:
        return cause
    apart = apart_among_alike(index, cause.behind)
    if apart is None:
        return cause
    if gives_way:
        return replace(apart, behind=cause.behind)
    return replace(
        cause,
        sentence=f"{cause.sentence} {apart.sentence}",
        remedy=f"{cause.remedy} {apart.remedy}",
    )
