"""Consequences: what follows where an app takes one record for another, told as a cause again."""

from __future__ import annotations

import re
from dataclasses import replace

from harness.assess.causes.likely_cause import LikelyCause
from harness.assess.causes.lookups import explained_by_value
from harness.assess.causes.members import all_about
from harness.assess.findings import FindingKind
from harness.assess.recording_index import RecordingIndex

LOOKED_UP = "looked-up-by:"
_FOLLOWING = re.compile(
    r"members-of-another-class|children-of-others|listed-twice:.*|never-(removes|adds):.*"
    r"|never-restores|archives-what-is-shared"
)
"""Causes that give way where nearly all they explain is about records that are one in the app."""
_ABSENT = (FindingKind.INACTIVE, FindingKind.NOT_RESTORED, FindingKind.MISSING)
_NEARLY = 0.8


def without_consequences(index: RecordingIndex, named: list[LikelyCause]) -> list[LikelyCause]:
    """Causes by which an app looks records up, with what they bring about elsewhere."""
    for lead in [cause for cause in named if cause.id.startswith(LOOKED_UP)]:
        following = [c for c in named if _FOLLOWING.fullmatch(c.id) and _follows(index, c, lead)]
        more = [finding for cause in following for finding in cause.behind]
        whole = replace(lead, behind=[*lead.behind, *more])
        named = [whole if c is lead else c for c in named if c not in following]
    return named


def _follows(index: RecordingIndex, cause: LikelyCause, lead: LikelyCause) -> bool:
    """Whether nearly all of a cause is about records that the app takes for others."""
    mistaken = {(finding.district, finding.clever_id) for finding in lead.behind}
    about = [
        finding
        for finding in cause.behind
        if any((finding.district, record) in mistaken for record in all_about(index, finding))
    ]
    if len(about) >= _NEARLY * len(cause.behind):
        return True
    value = lead.id.removeprefix(LOOKED_UP)
    return all(f.finding_kind in _ABSENT for f in cause.behind) and explained_by_value(
        index, value, cause.behind
    )
