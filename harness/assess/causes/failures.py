"""What an app takes for a mass change or for gone: a quiet day, and what it could not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from harness.assess.causes.events import IN_USE_AGAIN, different_by_events_alone
from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, shaped
from harness.assess.causes.members import NOUNS, is_cut
from harness.assess.findings import Finding, FindingKind
from harness.assess.lists_read import delivers
from harness.assess.recording_index import RecordingIndex
from harness.assess.traffic_index import ACCOUNTS
from harness.contract.sync import Mode
from harness.plan.faults import faults_of_day
from harness.prose import counted, one_line
from harness.recording.recording import LoggedRequest

_WORDS = {
    "html": "a page of HTML",
    "empty-body": "no body",
    "no-list": "no list",
    "cut-off": "half an answer",
    "slow": "a slow answer",
    "missing-record": "404",
    "too-many-requests": "429",
    "rate-limited": "429",
    "server-errors": "an error of the server",
}
_REMEDY = (
    "Finish reading before you archive or remove anything, and change nothing of what a failed "
    "request was about."
)


def unread(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What was removed on days on which requests failed, by how they failed."""
    behind = shaped(findings, FindingKind.UNREAD)
    if not behind:
        return
    hit = [r for place in _places(behind) for r in index.traffic.requests_hit(*place)]
    some = _some(behind)
    answered = _answered(hit)
    if not hit and index.recording.header.mode is Mode.EVENTS:
        yield from _after_events(index, findings)
        return
    own = any(finding.clever_id in request.path for finding in behind for request in hit)
    if not own and all(map(is_cut, behind)):
        in_part = [f for f in behind if _read_in_part(index, f.district, f.day)]
        # Lists that differ on calm days too do not need a failure to.
        if len(in_part) > 2 * len(shaped(findings, *NOUNS)):
            yield LikelyCause(
                "applied-half",
                "Your app applies half of what it reads: it removed members or schools from "
                f"{_some(in_part)}, when part of the district could not be read{answered}.",
                _REMEDY,
                in_part,
            )
    elif hit and all(r.status == 200 and "slow" not in r.fault.split("+") for r in hit):
        yield LikelyCause(
            "answer-not-understood",
            "Your app takes an answer that it cannot understand for one without records: it "
            f"removed {some}{answered}.",
            "Check that an answer is JSON and has `data` before you use it; treat anything else "
            "as a request that failed.",
            behind,
        )
    else:
        yield LikelyCause(
            "failure-as-empty",
            f"Your app treats {kinds_of(behind)} that it failed to read as removed: {some}"
            f"{answered}.",
            _REMEDY,
            behind,
        )


def _after_events(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What is out of use where no request failed, unless all that differs is due to events.

    What lists lack then is told by causes about lists.
    """
    behind = [f for f in shaped(findings, FindingKind.UNREAD) if not is_cut(f)]
    if behind and not different_by_events_alone(index, findings):
        yield LikelyCause(
            "archives-what-is-shared",
            f"After events, your app has {kinds_of(behind)} out of use that Clever shares: "
            f"{_some(behind)}; no request failed then.",
            IN_USE_AGAIN,
            behind,
        )


def _some(findings: Sequence[Finding]) -> str:
    days = {finding.day for finding in findings}
    return f"{counted(len(findings), 'record')} on {counted(len(days), 'day')}"


def _read_in_part(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether an answer did not reach the app in that sync, or in those on fault days before it.

    One that did when it was asked for again counts as well: it may have been applied by halves.
    """
    if not index.deliveries_known:
        return True
    days = [day]
    for earlier in reversed(index.before(district, day)):
        if not faults_of_day(district, earlier):
            break
        days.append(earlier)
    return any(
        not delivers(request)
        for each in days
        for read in index.deliveries.lists(district, each)
        for request in read.requests
        if not ACCOUNTS.match(read.path)
    )


def _places(findings: Sequence[Finding]) -> Iterable[tuple[str, str]]:
    """The districts and days of these, in order: the first of equals is named."""
    return dict.fromkeys((finding.district, finding.day) for finding in findings)


def _answered(hit: Sequence[LoggedRequest]) -> str:
    """Which requests failed and how, for the end of a sentence; "" where none did on the day."""
    if not hit:
        return ""
    [((path, fault, status), _)] = Counter((r.path, r.fault, r.status) for r in hit).most_common(1)
    words = next((_WORDS[part] for part in fault.split("+") if part in _WORDS), f"status {status}")
    return f"; Clever had answered `{path}` with {words}"


def held_without_reason(
    index: RecordingIndex, findings: Sequence[Finding]
) -> Iterator[LikelyCause]:
    """Syncs that a person had to approve, although hardly anything had changed at Clever."""
    behind = [f for f in shaped(findings, FindingKind.SYNC) if f.field == "approval"]
    if behind:
        [(reason, _)] = Counter(f.found.removeprefix("held: ") for f in behind).most_common(1)
        yield LikelyCause(
            "held-without-reason",
            f"Your app waited for approval in {counted(len(behind), 'sync')} before which nothing "
            f"or little had changed at Clever. It says: {one_line(reason, 80)}",
            "Hold a sync only for what that sync would archive or change, and leave out records "
            "that were archived before.",
            behind,
        )


FAILURES: tuple[Rule, ...] = (held_without_reason, unread)
