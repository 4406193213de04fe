"""Sentences of findings are true: both sides are counted again from the recording alone.

Nothing of the checks is imported; what a sentence says of Clever is compared with everything Clever
shared that day, and what it says of the app with the app's rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import pytest
from apps import MUTANTS, QUICK
from rehearsing import recorded, rehearsed

from harness.assess.findings import Finding
from harness.contract.snapshot import HeldUser, Snapshot
from harness.recording.recording import BisectResult, Published, Recording, SnapshotTaken

MEMBERS = re.compile(r"Clever has (no|[\d,]+) (teacher|student)s? in .*, your app (none|\d+)\b")
SCHOOLS = re.compile(r"Clever shares .* with (no|\d+) schools? on .*, your app holds (none|\d+)\b")
OF_A_ROLE = re.compile(r"Clever has .* at (no|\d+) schools?, your app at (none|\d+)\b")
ABSENT = re.compile(r"Clever shares .*, your app (holds no such account|does not hold it)\.")
ARCHIVED = re.compile(r"Clever shares .*, your app (holds only an archived|has only an archived)")


class Year:
    """What was published and what was held, by district and day, in the last attempt."""

    def __init__(self, recording: Recording) -> None:
        self.rosters: dict[tuple[str, str], Mapping[str, Mapping[str, Any]]] = {}
        self.held: dict[tuple[str, str], Snapshot] = {}
        for entry in recording.entries:
            match entry:
                case BisectResult(again=True):
                    self.rosters.clear()
                    self.held.clear()
                case Published():
                    roster = cast(Any, entry.roster)
                    kinds = ("users", "sections", "schools", "courses", "terms")
                    self.rosters[entry.district, entry.day] = {k: getattr(roster, k) for k in kinds}
                case SnapshotTaken(after="sync" | "acts"):
                    self.held[entry.district, entry.day] = entry.snapshot

    def shared(self, finding: Finding) -> Mapping[str, Any] | None:
        records = self.rosters[finding.district, finding.day][finding.kind]
        return cast("Mapping[str, Any] | None", records.get(finding.clever_id))

    def users(self, finding: Finding) -> Mapping[str, Any]:
        return self.rosters[finding.district, finding.day]["users"]

    def rows(self, finding: Finding) -> list[Any]:
        held = self.held[finding.district, finding.day]
        return [row for row in getattr(held, finding.kind) if row.clever_id == finding.clever_id]


def untrue(year: Year, findings: Iterable[Finding]) -> Iterator[tuple[str, object]]:
    """The sentences that say otherwise than roster and snapshot, with what those say."""
    for finding in findings:
        if (finding.district, finding.day) not in year.held or not finding.kind:
            continue
        if (told := _sides(year, finding)) and told[0] != told[1]:
            yield finding.sentence, told[1]


def _sides(year: Year, finding: Finding) -> tuple[object, object] | None:
    rows = year.rows(finding)
    active = [row for row in rows if row.status == "active"]
    record = year.shared(finding) or {}
    if found := MEMBERS.match(finding.sentence):
        key = f"{found[2]}s"
        wanted = set(record[key]) & year.users(finding).keys()
        return (_number(found[1]), _number(found[3])), (len(wanted), len(set(_of(active, key))))
    if found := SCHOOLS.match(finding.sentence):
        roles = [role for role in record["roles"].values() if role]
        wanted = {school for role in roles for school in role.get("schools") or ()}
        held = {school for row in active for role in row.roles for school in role.schools}
        return (_number(found[1]), _number(found[2])), (len(wanted), len(held))
    if (found := OF_A_ROLE.match(finding.sentence)) and finding.field.startswith("roles."):
        name = finding.field.split(".")[1]
        wanted = set((record["roles"].get(name) or {}).get("schools") or ())
        return (_number(found[1]), _number(found[2])), (len(wanted), _at(active, name))
    if ABSENT.match(finding.sentence):
        return (True, 0), (bool(record), len(rows))
    if ARCHIVED.match(finding.sentence):
        return (True, True, 0), (bool(record), bool(rows), len(active))
    return None


def _at(rows: Iterable[HeldUser], name: str) -> int:
    return next(len(role.schools) for row in rows for role in row.roles if role.role == name)


def _of(rows: Iterable[Any], key: str) -> list[str]:
    return [member for row in rows for member in getattr(row, key)]


def _number(word: str) -> int:
    return 0 if word in ("no", "none") else int(word.replace(",", ""))


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[] if n in QUICK else [pytest.mark.slow], id=n) for n in MUTANTS],
)
def test_what_a_finding_says_is_so(name: str) -> None:
    findings = [finding for check in rehearsed(name).checks for finding in check.findings]

    assert list(untrue(Year(recorded(name)), findings)) == []


def test_a_sentence_that_counts_wrongly_is_found() -> None:
    name = "primary-teacher-only"
    findings = [finding for check in rehearsed(name).checks for finding in check.findings]
    told = [finding for finding in findings if MEMBERS.match(finding.sentence)]
    year = Year(recorded(name))
    year.held = {place: Snapshot() for place in year.held}

    assert told
    assert len(list(untrue(year, told))) == len(told)
