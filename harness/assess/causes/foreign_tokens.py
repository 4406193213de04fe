"""Foreign tokens: syncs that read another district than the one they were for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.prose import counted

_UNAUTHORIZED = 401


def of_another_district(
    index: RecordingIndex, findings: Sequence[Finding]
) -> Iterator[LikelyCause]:
    """Whatever is wrong after syncs that used the token of a district they were not for."""
    token = [f for f in shaped(findings, FindingKind.TRAFFIC) if f.field == "token"]
    lost = shaped(findings, FindingKind.UNREAD)
    syncs = dict.fromkeys((finding.district, finding.day) for finding in token)
    syncs |= {
        place: None
        for place in dict.fromkeys((finding.district, finding.day) for finding in lost)
        if _went_on_elsewhere(index, *place)
    }
    if not syncs:
        return
    astray = [finding for finding in findings if (finding.district, finding.day) in syncs]
    refused = any(_of_others_since_refusal(index, *place) for place in syncs)
    number = len(syncs)
    yield LikelyCause(
        "token-of-another-district",
        f"{counted(number, 'sync').capitalize()} read a different district from the one "
        f"{'it was' if number == 1 else 'they were'} started for"
        + (", after Clever had refused the district's own token." if refused else "."),
        "Use the token whose `owner.id` is the district being synced"
        + (", and change nothing if Clever refuses it." if refused else "."),
        astray,
    )


def _went_on_elsewhere(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether a sync read other districts once its own was refused, as no other sync of it did."""
    return bool(_of_others_since_refusal(index, district, day)) and not any(
        request.district != district
        for other in index.days_of(district)
        if not _of_others_since_refusal(index, district, other)
        for request in index.traffic.about_rosters(district, other)
    )


def _of_others_since_refusal(index: RecordingIndex, district: str, day: str) -> int:
    """How many good answers about other districts a sync got after its own token was refused."""
    refused, number = False, 0
    for request in index.traffic.about_rosters(district, day):
        refused |= request.district == district and request.status == _UNAUTHORIZED
        number += refused and request.district != district and request.status == 200
    return number
