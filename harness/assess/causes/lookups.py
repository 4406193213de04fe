"""What an app looks records up by: the value that those it lacks, merges or doubles share."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.identifying_values import IDENTIFYING_VALUES, IdentifyingValue, merging
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind

_NEARLY = 0.75
_AMISS = (FindingKind.MISSING, FindingKind.DUPLICATE, FindingKind.NEW_ACCOUNT)
_ID = "looked-up-by"
_TWO = ("two accounts", "two records")
"""What is expected where two records are one in the app: that is no change."""
_MERGING = 3.0
_BY_CHANCE = 1.2
"""Below, a value explains a difference hardly better than chance."""


@dataclass(frozen=True, slots=True)
class _Match:
    """One value as an explanation: whom it is about, and how few others it would be about."""

    key: IdentifyingValue
    behind: list[Finding]
    of: int
    share: float
    """Part of all records that share the value or changed it."""
    changed_only: bool
    merges: bool
    """Whether of those that share a value the app holds one, and hardly ever several."""

    @property
    def strength(self) -> float:
        """How unlikely it is that all these records share the value by chance, as an exponent."""
        by_chance = -len(_ids(self.behind)) * math.log10(max(self.share, 1e-6))
        return by_chance + (_MERGING if self.merges else 0)


def looked_up(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that are missing, merged or doubled share one value with another, or changed it.

    Of all records far fewer do, so that it is no chance.
    """
    for kind in (Kind.USERS, Kind.SECTIONS, Kind.COURSES, Kind.TERMS, Kind.SCHOOLS):
        amiss = [f for f in shaped(findings, *_AMISS, kind=kind) if f.clever_id]
        if not amiss:
            continue
        keys = [key for key in IDENTIFYING_VALUES if key.kind is kind]
        found = [_match(index, key, amiss, changed) for key in keys for changed in (False, True)]
        found = [m for m in found if m.behind and len(m.behind) >= _NEARLY * m.of]
        found = [m for m in found if m.strength > _BY_CHANCE]
        if found:
            yield _cause(max(found, key=lambda m: m.strength))


def _cause(match: _Match) -> LikelyCause:
    kinds, words = kinds_of(match.behind), match.key.words
    some = f"{len(match.behind)} of {match.of}" if len(match.behind) < match.of else f"{match.of}"
    why = (
        f"changed their {words}"
        if match.changed_only
        else (f"share their {words} with others or changed it")
    )
    return LikelyCause(
        f"{_ID}:{match.key.name}",
        f"Your app looks {kinds} up by {words}: {some} that are missing, merged or there again "
        f"{why}.",
        f"Look {kinds} up by Clever ID, and by nothing else; treat the {words} as an ordinary "
        "value that can repeat and change.",
        match.behind,
    )


def _ids(findings: Sequence[Finding]) -> set[str]:
    return {finding.clever_id for finding in findings}


def _match(
    index: RecordingIndex, key: IdentifyingValue, amiss: Sequence[Finding], changed: bool
) -> _Match:
    values = _values(index, key)
    chosen = values.changed if changed else values.changed | values.shared
    fits = [f for f in amiss if not changed or f.expected not in _TWO]
    behind = [f for f in fits if (f.district, f.clever_id) in chosen]
    share = len(chosen) / max(values.records, 1)
    return _Match(
        key, behind, len(amiss), share, changed, not changed and _merges(index, key, amiss)
    )


def _merges(index: RecordingIndex, key: IdentifyingValue, amiss: Sequence[Finding]) -> bool:
    [(place, _)] = Counter((f.district, f.day) for f in amiss).most_common(1)
    try:
        records = index.roster(*place).of(key.kind)
        held = index.holdings(*place).active_ids[key.kind]
    except NotReachedError:
        return False
    return merging(key, records, held) is not None


@dataclass(frozen=True, slots=True)
class _Values:
    """District and Clever ID of records that share a value with another, or changed it.

    A value that went from one record to another over the year counts, and so do two districts.
    """

    shared: frozenset[tuple[str, str]]
    changed: frozenset[tuple[str, str]]
    records: int


def _values(index: RecordingIndex, key: IdentifyingValue) -> _Values:
    return index.cached((_ID, key.name, key.kind), lambda: _all_values(index, key))


def _all_values(index: RecordingIndex, key: IdentifyingValue) -> _Values:
    owners: dict[str, set[tuple[str, str]]] = defaultdict(set)
    values: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    known: set[int] = set()
    for district in index.recording.header.plan.days:
        for day in index.days_of(district):
            for clever_id, record in index.roster(district, day).of(key.kind).items():
                if id(record) in known:
                    continue
                known.add(id(record))
                found = tuple(sorted(set(key.of(record))))
                values[district, clever_id].add(found)
                for value in found:
                    owners[value].add((district, clever_id))
    shared = frozenset().union(*(several for several in owners.values() if len(several) > 1))
    changed = frozenset(one for one, different in values.items() if len(different) > 1)
    return _Values(shared, changed, len(values))


def name_taken(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """New sections are missing whose name an older one has; those with a new name are there."""
    missing = shaped(findings, FindingKind.MISSING, kind=Kind.SECTIONS)
    free, taken = 0, 0
    for district, day in sorted({(f.district, f.day) for f in missing}):
        try:
            earlier = index.before(district, day)
            old, now = (index.roster(district, one).sections for one in (earlier[0], day))
        except (NotReachedError, IndexError):
            continue
        names = {str(section.get("name")) for section in old.values()}
        absent = {f.clever_id for f in missing if (f.district, f.day) == (district, day)}
        new = now.keys() - old.keys()
        free += sum(str(now[i].get("name")) not in names for i in new - absent)
        taken += sum(str(now[i].get("name")) in names for i in new & absent)
    if free and taken > 1 and taken >= _NEARLY * len(missing):
        yield LikelyCause(
            "needs-unique-names",
            f"{taken} new sections with the name of an older one are missing, while those with "
            "a new name are there: your app assumes that section names are unique.",
            "Make only the Clever ID unique; section names repeat every year.",
            missing,
        )


LOOKUPS: tuple[Rule, ...] = (name_taken, looked_up)
