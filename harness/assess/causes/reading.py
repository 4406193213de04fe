"""Why records are missing from the start: nothing is stored, or some never reached the app."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from harness.assess.api_paths import is_known, joined_twice
from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.gap import Gap, GapReason
from harness.assess.lists_read import ListRead
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.sync import Mode
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.plan.plan import COMMON
from harness.prose import counted, joined

_SHOWN = 3
"""So many lists are named in a sentence."""


def nothing_held(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """The snapshot is empty from the first day on, and stays so."""
    if index.days_of(COMMON):
        try:
            held = [index.holdings(COMMON, day).active_ids for day in index.days_of(COMMON)[:2]]
        except NotReachedError:
            return
        missing = shaped(findings, FindingKind.MISSING, FindingKind.INACTIVE)
        if missing and not any(any(of_day.values()) for of_day in held):
            yield LikelyCause(
                "empty-snapshot",
                "The snapshot is empty: either your app stored nothing, or the adapter reads "
                "the wrong "
                "place.",
                "Open your app after a sync; if the people are there, fix the adapter's "
                "`snapshot`.",
                missing,
            )


_SENTENCES: Mapping[GapReason, tuple[str, str, str]] = {
    GapReason.NOT_FOLLOWED: (
        "first-page-only",
        "Your app does not read lists to their end: it stopped after {lists}.",
        "Follow the link whose `rel` is `next` until a page has none.",
    ),
    GapReason.FAILED: (
        "list-not-answered",
        "Your app goes on without {lists} when Clever does not answer it well.",
        "Ask again after a pause, up to five times; if that fails, change nothing and report it.",
    ),
    GapReason.NARROWED: (
        "list-narrowed",
        "Your app reads a part of Clever's records only: it asks for {lists}.",
        "Read each list whole: /users without a `role` filter or once per role. Lists of members "
        "hold only who is in them.",
    ),
    GapReason.ASTRAY: (
        "token-of-another-district",
        "Your app asks for {lists} with the token of another district.",
        "Use the token whose `owner.id` is the district being synced.",
    ),
    GapReason.NEVER_ASKED: (
        "list-never-asked-for",
        "Your app never asked Clever for {lists}.",
        "Read every kind of record that your app uses, or declare in the profile that it holds "
        "none.",
    ),
}


def not_delivered(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Records that no answer carried, by the reason why none did."""
    behind: dict[GapReason, list[tuple[Finding, Gap]]] = {}
    for finding in shaped(findings, FindingKind.NOT_DELIVERED):
        if not finding.kind:
            continue  # events, which are no record of the roster
        for gap in index.gaps(finding.district, finding.day, Kind(finding.kind)):
            if gap.place == finding.field:
                behind.setdefault(gap.reason, []).append((finding, gap))
    for reason, pairs in behind.items():
        lists = list(dict.fromkeys(_list(gap) for _, gap in pairs))
        named = [*lists[:_SHOWN], *([f"{len(lists) - _SHOWN} more"] if lists[_SHOWN:] else [])]
        name, sentence, remedy = _SENTENCES[reason]
        accused = [finding for finding, _ in pairs]
        yield LikelyCause(name, sentence.format(lists=joined(named)), remedy, accused)


_SHARED_STILL = (FindingKind.MISSING, FindingKind.INACTIVE, FindingKind.FIELD)
_SHARED_NO_MORE = (FindingKind.NOT_ARCHIVED, FindingKind.EXTRA, FindingKind.NOT_RESTORED)


def read_once(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Lists that the app read in an earlier sync, and did not ask for on the day of a finding."""
    if index.recording.header.mode is Mode.EVENTS or not index.deliveries_known:
        return
    behind: dict[Kind, list[Finding]] = {}
    for finding in shaped(findings, *_SHARED_STILL, *_SHARED_NO_MORE):
        if finding.kind and _was_read_before_only(index, finding, Kind(finding.kind)):
            behind.setdefault(Kind(finding.kind), []).append(finding)
    if behind:
        kinds = joined([str(kind) for kind in behind])
        accused = [finding for rows in behind.values() for finding in rows]
        days = list(dict.fromkeys((finding.district, finding.day) for finding in accused))
        more = f" and {counted(len(days) - 1, 'other day')}" if days[1:] else ""
        yield LikelyCause(
            "list-read-once",
            f"Your app does not read {kinds} in every sync: it read them before, and did not ask "
            f"for them {on(days[0][1])}{more}.",
            "Read every list in every sync: records of each kind come, change and go.",
            accused,
        )


def _was_read_before_only(index: RecordingIndex, finding: Finding, kind: Kind) -> bool:
    """Whether a kind was read on an earlier day, and nothing of it was asked for on this one.

    What an app leaves out of a sync in which Clever failed is another matter.
    """

    def asked(day: str) -> bool:
        lists = index.deliveries.lists(finding.district, day)
        alone = f"/{kind}/{{id}}"
        return any(read.name.kind is kind or read.name.path == alone for read in lists)

    place = finding.district, finding.day
    if not index.deliveries.lists(*place) or index.traffic.requests_hit(*place):
        return False
    if asked(finding.day):
        return False
    return any(asked(day) for day in index.before(finding.district, finding.day))


def _list(gap: Gap) -> str:
    """The list of a gap, with how far it was read or how it was narrowed."""
    match gap.reason:
        case GapReason.NOT_FOLLOWED if gap.expected != "every page":
            return f"{gap.found.split()[0]} of {gap.expected} of {gap.place}"
        case GapReason.NOT_FOLLOWED:
            return f"{gap.found} of {gap.place}"
        case GapReason.NARROWED:
            return gap.found
        case _:
            return gap.place


def no_such_path(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Requests for paths that version 3 does not have, and those that join links wrongly."""
    asked = [f for f in shaped(findings, FindingKind.TRAFFIC) if f.found.startswith("/v3.")]
    unknown = [f for f in asked if not is_known(f.found)]
    if twice := [f for f in unknown if joined_twice(f.found)]:
        yield LikelyCause(
            "links-joined-wrongly",
            f"Your app joins the links of Clever's answers wrongly: it asked for {twice[0].field}.",
            "A link in an answer is a path from the host, with the version in it: add it to the "
            "address of the host alone.",
            twice,
        )
    if others := [f for f in unknown if f not in twice]:
        known = [f"{served} instead of {f.field}" for f in others if (served := f.expected)]
        yield LikelyCause(
            "unknown-path",
            f"Your app asks for {counted(len(others), 'path')} that version 3 does not have: "
            f"{joined([f.field for f in others[:_SHOWN]])}.",
            f"Ask for {joined(known[:_SHOWN])}." if known else "Ask for the lists of version 3.",
            others,
        )


def edges_lost(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Lists of several pages that were read whole, and lack their first or their last records."""
    missing = shaped(findings, FindingKind.MISSING)
    behind: list[Finding] = []
    lists: list[str] = []
    for district, day in dict.fromkeys((f.district, f.day) for f in missing):
        try:
            reads = index.deliveries.lists(district, day)
        except NotReachedError:
            return
        for read in reads:
            edge = _edge(index, district, day, read)
            accused = [
                f for f in missing if (f.district, f.day) == (district, day) and f.clever_id in edge
            ]
            if accused:
                behind += accused
                lists.append(f"{len(edge):,} of {read.listed:,} records of {read.name}")
    if len({words.split()[-1] for words in lists}) > 1:  # a role can be at the edge of one list
        yield LikelyCause(
            "page-edge-lost",
            f"Your app reads lists of several pages to their end and loses what is at their edge: "
            f"{joined(lists[:_SHOWN])}.",
            "Store every record of every page before deciding whether to ask for another one.",
            list(dict.fromkeys(behind)),
        )


def _edge(index: RecordingIndex, district: str, day: str, read: ListRead) -> Collection[str]:
    """What the app lacks of a list, if that is exactly its first or its last records."""
    kind = read.name.kind
    if kind is None or not read.name.whole or not read.complete or len(read.pages) < 2:
        return ()
    pages = (index.deliveries.by_request(district, page) for page in read.pages)
    ids = sorted({clever_id for page in pages for clever_id in page})
    held = index.holdings(district, day).active_ids[kind]
    absent = [clever_id for clever_id in ids if clever_id not in held]
    number = len(absent)
    at_the_edge = absent and absent in (ids[:number], ids[-number:])
    return absent if at_the_edge and number < len(ids) / 2 else ()


def members_in_part(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Classes whose list of members was read in part lack some of them."""
    behind: list[Finding] = []
    names: dict[str, str] = {}
    for finding in shaped(findings, FindingKind.STUDENT, FindingKind.TEACHER):
        try:
            lists = index.deliveries.lists(finding.district, finding.day)
        except NotReachedError:
            return
        for read in lists:
            own = f"/sections/{finding.clever_id}/users" in read.path
            if own and read.pages and not read.complete:
                behind.append(finding)
                names[str(read.name)] = read.words
    if behind:
        name, words = next(iter(names.items()))
        yield LikelyCause(
            "members-read-in-part",
            f"Your app reads lists like {name} in part, as {words}.",
            "Follow the link whose `rel` is `next` in these lists too.",
            list(dict.fromkeys(behind)),
        )


READING: tuple[Rule, ...] = (
    nothing_held,
    not_delivered,
    read_once,
    no_such_path,
    members_in_part,
)
