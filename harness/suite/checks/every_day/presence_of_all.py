"""Presence of all: what is shared and not in use, and what is in use and not shared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS
from harness.assess.whole_names import all_whole_names, names_of
from harness.contract.snapshot import Held, HeldUser, Status
from harness.district.data_model.records import Kind, Record
from harness.district.data_model.roster import Roster
from harness.plan.day_names import on
from harness.suite.checks import archive
from harness.suite.checks.every_day.reading import reached
from harness.suite.checks.every_day.topics import Topic
from harness.suite.checks.every_day.values import Key
from harness.suite.checks.left_out import changed_like_those, left_out_before
from harness.suite.checks.merged_records import merged
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import about
from harness.suite.checks.presence import presence
from harness.suite.checks.rejected_records import rejected
from harness.suite.checks.sentences import NOUNS, short

_SOME = 3
_AS_LARGE = 2
"""Among few who are new a part that is so much larger is as large."""


class Known:
    """What a district has shared, and the app had in use, so far."""

    def __init__(self) -> None:
        self.shared: dict[Kind, set[str]] = {kind: set() for kind in KINDS}
        self.expected: dict[Kind, set[str]] = {kind: set() for kind in KINDS}
        """What of it the app should have: people may be shared before they have a role it holds."""
        self.in_use: dict[Kind, set[str]] = {kind: set() for kind in KINDS}

    def share(self, roster: Roster) -> None:
        """Note what was shared on one more day, also on one that the app is not compared on."""
        for kind in KINDS:
            self.shared[kind].update(roster.of(kind))

    def take(self, mirror: Mirror) -> None:
        """Note what was shared and in use on one more day."""
        self.share(mirror.roster)
        for kind in KINDS:
            self.expected[kind].update(_expected(mirror, kind))
            self.in_use[kind] |= mirror.holdings.active_ids[kind]


def _expected(mirror: Mirror, kind: Kind) -> Collection[str]:
    return mirror.index.expectations.expected_ids(kind, mirror.roster)


def not_in_use(known: Known, before: Mirror, now: Mirror) -> Iterator[tuple[Key, Finding]]:
    """Records that are shared and not in use, although the app had them or could have them."""
    index, district, day = now.index, now.district, now.day
    for kind in KINDS:
        active = now.holdings.active_ids[kind]
        absent = [i for i in _expected(now, kind) if i not in active]
        if not absent:
            continue
        old = {*known.expected[kind], *_expected(before, kind)}
        lost = [i for i in absent if i in known.in_use[kind] and not _was_out(before, kind, i)]
        new = [i for i in absent if i not in old]
        if new and _are_lost_like_others(before, now, kind, len(absent), len(new), old):
            new = []
        if new:
            apart = {*rejected(index, district, day, kind), *merged(index, district, day, kind)}
            new = [i for i in new if i not in apart and not _taken_for_another(now, kind, i)]
            refs = [index.record_of(kind, i) for i in new]
            new = [r.clever_id for r in refs if not left_out_before(index, district, day, r)]
        refused = changed_like_those(index, district, day, kind, lost)
        lost = [i for i in lost if i not in refused]
        read = reached(index, district, day, kind, {*lost, *new})
        lost, new = [i for i in lost if i in read], [i for i in new if i in read]
        for topic, ids in ((Topic.IN_USE, lost), (Topic.NEW, new)):
            for finding in presence(index, district, day, kind, ids).findings:
                yield (topic, "", finding.clever_id), finding


def _are_lost_like_others(
    before: Mirror, now: Mirror, kind: Kind, absent: int, new: int, old: Collection[str]
) -> bool:
    """Whether the app lacked as many already, or as large a part: then nothing is about new ones.

    Such as those at the edge of a page, or the last of a list, wherever that is.
    """
    expected = set(_expected(before, kind))
    lacking = len(expected - before.holdings.active_ids[kind])
    if not 0 < lacking < len(expected) / 2:
        return False
    came = sum(clever_id not in old for clever_id in _expected(now, kind))
    as_large = new / came <= _AS_LARGE * lacking / len(expected)
    return absent <= lacking or (lacking >= _SOME and as_large)


def _taken_for_another(mirror: Mirror, kind: Kind, clever_id: str) -> bool:
    """Whether the app has another record in use that looks the same: a matter of keys."""
    names, address = _looks(mirror.roster.of(kind)[clever_id])
    return any(
        row.status is Status.ACTIVE
        and (_name(row) in names or (address and getattr(row, "email", "") == address))
        for rows in mirror.holdings.rows(kind).values()
        for row in rows
    )


def _looks(record: Record) -> tuple[Collection[tuple[object, ...]], object]:
    """The name of a record in each way the app may show it, and the address of a user."""
    name = record.get("name")
    if isinstance(name, dict):
        user = cast("Mapping[str, Any]", record)
        wholes = ((whole,) for whole in all_whole_names(user))
        parts = ((each.get("first"), each.get("last")) for each in names_of(user))
        return {*parts, *wholes}, record.get("email")
    return {(name,)}, None


def _name(row: Held) -> tuple[object, ...]:
    parts = (row.first_name, row.last_name) if isinstance(row, HeldUser) else ()
    return parts if any(parts) or row.name is None else (row.name,)


def _was_out(before: Mirror, kind: Kind, clever_id: str) -> bool:
    """Whether it was shared and not in use on the day before already."""
    return clever_id in before.roster.of(kind) and clever_id not in before.holdings.active_ids[kind]


def not_shared(known: Known, before: Mirror | None, now: Mirror) -> Iterator[tuple[Key, Finding]]:
    """Records in use that are not shared, and those the app deleted when they were not any more.

    Before the first day that is compared something may have been shared, too.
    """
    index, district, day = now.index, now.district, now.day
    for kind in KINDS:
        shared = now.roster.of(kind)
        left = [i for i in now.holdings.active_ids[kind] if i not in shared]
        held = before.holdings.active_ids[kind] if before else frozenset[str]()
        old = before.roster.of(kind) if before else {}
        # Somebody shared and held before, of whom there is no row any more.
        deleted = [
            i for i in held if i in old and i not in shared and not now.holdings.all_of(kind, i)
        ]
        gone = [i for i in (*left, *deleted) if i in known.shared[kind]]
        refs = [index.record_of(kind, i) for i in sorted(gone)]
        for finding in archive.archived(index, district, day, refs).findings:
            yield (Topic.LEFT_OVER, "", finding.clever_id), finding


def never_shared(known: Known, now: Mirror) -> Iterator[tuple[Key, Finding]]:
    """Records in use that Clever has shared neither on this day nor on an earlier one."""
    for kind in KINDS:
        shared = now.roster.of(kind).keys()
        for clever_id in sorted(now.holdings.active_ids[kind] - shared - known.shared[kind]):
            yield (Topic.STRANGERS, "", clever_id), _stranger(now, kind, clever_id)


def _stranger(now: Mirror, kind: Kind, clever_id: str) -> Finding:
    row = next(row for row in now.holdings.all_of(kind, clever_id) if row.status is Status.ACTIVE)
    name = " ".join(
        filter(None, (getattr(row, key, None) for key in ("name", "first_name", "last_name")))
    )
    record = now.index.record_of(kind, clever_id)
    named = short(name or (record.name if record.name != clever_id else "without a name"))
    return about(
        record,
        now.district,
        now.day,
        FindingKind.EXTRA,
        f"Your app has the {NOUNS[kind]} {named} in use {on(now.day)}, whom Clever never shared."
        if kind is Kind.USERS
        else f"Your app has the {NOUNS[kind]} {named} in use {on(now.day)}, which Clever never "
        "shared.",
        expected="nothing in use",
        found="active",
    )
