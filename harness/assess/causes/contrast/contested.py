"""Contested: causes that say more than what the records of other people and classes bear out.

A rule that says "never" has looked at what is wrong. Where records that came, changed or went in
the same way are right, and a change or a delivery tells them apart, that is the cause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from harness.assess.causes.contrast.changes_apart import changes_apart
from harness.assess.causes.contrast.in_common import apart, apart_among_alike, right_ones_alike
from harness.assess.causes.echoes import one_of_returned
from harness.assess.causes.likely_cause import LikelyCause, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex

_NEVER = re.compile(r"never-(updates|restores|removes:\w+|adds:\w+)|ignores-events|order-kept:\w+")
"""Causes that give way."""
_ABSOLUTE = re.compile(r"never-(updates|restores)|keeps-active")
_COUNTED = re.compile(r"\d+ (others|changes? of|values? of)|reached it|up to date")
"""Causes that say how many are right, unless their sentence does already."""
_OF_SOME = re.compile(r"drops-field:.*")
"""Causes that stand, and say what sets their records apart as well."""
_BY_CHANCE = re.compile(r"(odd-value|looked-up-by):.*")
"""Causes that give way if they rest on one or two records, which may have it by coincidence."""
_FEW = 2
_ABSENCES = re.compile(r"role-left-out|district-in-part|archives-what-is-shared|odd-value:.*")
"""Causes of what is missing that give way together to one that explains nearly all of it."""
_OF_A_ROLE = ("in-common:no-first-name",)
"""What nearly all of a role have in common: contacts have their whole name in `name.last`."""
_SEVERAL = 5
Named = tuple[list[LikelyCause], list[Finding]]
"""Causes, and the findings that none of them explains."""


def reconsidered(
    index: RecordingIndex, named: Sequence[LikelyCause], left: Sequence[Finding]
) -> Named:
    """The causes as they stand once others have been asked, and what is left."""
    named = one_of_returned(index, _of_one_absence(index, named))
    doubtful = [cause for cause in named if _NEVER.fullmatch(cause.id)]
    if not doubtful:
        return [_told_apart(index, cause) for cause in named], list(left)
    several = [finding for cause in doubtful for finding in cause.behind]
    about = [*several, *(finding for finding in left if finding.kind and finding.clever_id)]
    if alike := changes_apart(index, about):
        others = [cause for cause in named if cause not in doubtful]
        claimed = {finding.id for finding in about}
        rest = [finding for finding in left if finding.id not in claimed]
        return [*(_told_apart(index, c) for c in others), replace(alike, behind=about)], rest
    return [_told_apart(index, cause) for cause in named], list(left)


def _of_one_absence(index: RecordingIndex, named: Sequence[LikelyCause]) -> Sequence[LikelyCause]:
    """One cause for several of what is missing, or out of use, if one feature sets all apart."""
    several = [cause for cause in named if _ABSENCES.fullmatch(cause.id)]
    behind = [finding for cause in several for finding in cause.behind]
    missing = shaped(behind, FindingKind.MISSING, FindingKind.INACTIVE)
    doubtful = len(several) > 1 or any(
        c.id in ("role-left-out", "district-in-part") for c in several
    )
    if not doubtful or len(missing) < _SEVERAL or not (difference := apart(index, missing)):
        return named
    if difference.id in _OF_A_ROLE and any(cause.id == "role-left-out" for cause in several):
        return named
    return [*(cause for cause in named if cause not in several), replace(difference, behind=behind)]


def _told_apart(index: RecordingIndex, cause: LikelyCause) -> LikelyCause:
    """The cause, or what sets its records apart from others of which it would be true."""
    difference = None
    if _NEVER.fullmatch(cause.id):
        difference = apart_among_alike(index, cause.behind)
    elif _BY_CHANCE.fullmatch(cause.id) and _records(cause) <= _FEW:
        difference = apart(index, cause.behind)
    if difference is not None:
        return replace(difference, behind=cause.behind)
    uncounted = _ABSOLUTE.fullmatch(cause.id) and not _COUNTED.search(cause.sentence)
    if uncounted and (more := apart_among_alike(index, cause.behind)):
        return replace(cause, sentence=f"{cause.sentence} {more.sentence}", remedy=more.remedy)
    if _OF_SOME.fullmatch(cause.id) and (more := apart(index, cause.behind)):
        sentence = f"{cause.sentence} {more.sentence}"
        return replace(cause, sentence=sentence, remedy=f"{cause.remedy} {more.remedy}")
    if uncounted:
        return replace(cause, sentence=f"{cause.sentence}{right_ones_alike(index, cause.behind)}")
    return cause


def _records(cause: LikelyCause) -> int:
    return len({(finding.district, finding.clever_id) for finding in cause.behind})
