"""What an app looks records up by: the value that those it lacks, merges or doubles share."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, shaped, shared
from harness.assess.findings import Finding, FindingKind
from harness.assess.identifying_values import IDENTIFYING_VALUES, IdentifyingValue
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.assess.shared_values import pairs_sharing
from harness.district.data_model.records import Kind
from harness.plan.plan import DAYS, Day

_NEARLY = 0.75
AMISS = (FindingKind.MISSING, FindingKind.DUPLICATE, FindingKind.NEW_ACCOUNT)
_ID = "looked-up-by"
_TWO = ("two accounts", "two records")
"""What is expected where two records are one in the app: that is no change."""
_ONE = "one record"
"""What is expected where one record is several in the app: nobody else is part of that."""
_MERGING = 3.0
_MOST = 0.5
"""A value that most records share with others explains nothing."""
_OF_MANY = ("created", "school", "grades", "own-number", "state_id")
"""What is too often alike to tell records apart: only a change of it can make them new."""
_BY_CHANCE = 1.2
"""Below, a value explains a difference hardly better than chance."""


class _Spread(StrEnum):
    """Which records an app that looks up by a value would take for the same."""

    CHANGED = "changed"  # none: the value of a record changed, and it is not known again
    DISTRICT = "district"  # those of one district, too
    ANYWHERE = "anywhere"  # those of other districts, too


@dataclass(frozen=True, slots=True)
class Match:
    """One value as an explanation: whom it is about, and how few others it would be about."""

    key: IdentifyingValue
    behind: list[Finding]
    of: int
    share: float
    """Part of all records that share the value or changed it."""
    spread: _Spread
    merges: bool | None
    """Whether of those that share a value the app holds one; None when nothing shows it."""

    @property
    def strength(self) -> float:
        """How unlikely it is that all these records share the value by chance, as an exponent."""
        by_chance = -len(_ids(self.behind)) * math.log10(max(self.share, 1e-6))
        if self.spread is _Spread.CHANGED:
            return by_chance + len(_ids(self.behind))  # on the very day, one of many
        return by_chance + (_MERGING if self.merges else 0)

    @property
    def why(self) -> str:
        """What these records have in common, as the end of a sentence."""
        if self.spread is _Spread.CHANGED:
            return f"changed their {self.key.words}"
        wide = self.spread is _Spread.ANYWHERE
        others = "others, also of other districts," if wide else "others"
        return f"share their {self.key.words} with {others} or changed it"


def looked_up(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that are missing, merged or doubled share one value with another, or changed it.

    Of all records far fewer do, so that it is no chance.
    """
    for kind in (Kind.USERS, Kind.SECTIONS, Kind.COURSES, Kind.TERMS, Kind.SCHOOLS):
        amiss = [f for f in shaped(findings, *AMISS, kind=kind) if f.clever_id]
        if not amiss:
            continue
        if match := best_match(index, kind, amiss):
            yield _cause(match)


def best_match(index: RecordingIndex, kind: Kind, amiss: Sequence[Finding]) -> Match | None:
    """The value that explains nearly all of these best, if it is no chance."""
    keys = [key for key in IDENTIFYING_VALUES if key.kind is kind]
    matches = [_match(index, key, amiss, spread) for key in keys for spread in _Spread]
    matches = [m for m in matches if m.behind and len(m.behind) >= _NEARLY * m.of]
    matches = [m for m in matches if m.strength > _BY_CHANCE and (m.merges or m.share < _MOST)]
    return max(matches, key=lambda m: (m.merges is not False, m.strength)) if matches else None


def explained_by_value(index: RecordingIndex, value: str, findings: Sequence[Finding]) -> bool:
    """Whether all of these, of one kind, share a value with another record, and it is no chance."""
    [kind, *others] = sorted({finding.kind for finding in findings})
    for key in IDENTIFYING_VALUES:
        if key.name == value and str(key.kind) == kind and not others:
            match = _match(index, key, findings, _Spread.DISTRICT)
            return len(match.behind) == match.of and match.strength > _BY_CHANCE
    return False


def _cause(match: Match) -> LikelyCause:
    kinds, words = kinds_of(match.behind), match.key.words
    some = f"{len(match.behind)} of {match.of}" if len(match.behind) < match.of else f"{match.of}"
    return LikelyCause(
        f"{_ID}:{match.key.name}",
        f"Your app looks {kinds} up by {words}: {some} that are missing, merged or there again "
        f"{match.why}.",
        f"Look {kinds} up by Clever ID, and by nothing else; treat the {words} as an ordinary "
        "value that can repeat and change.",
        match.behind,
    )


def _ids(findings: Sequence[Finding]) -> set[str]:
    return {finding.clever_id for finding in findings}


def _match(
    index: RecordingIndex, key: IdentifyingValue, amiss: Sequence[Finding], spread: _Spread
) -> Match:
    values = _values(index, key)
    behind = [f for f in amiss if _explains(index, key, values, f, spread)]
    share = len(values.of(spread)) / max(values.records, 1)
    merges = None if spread is _Spread.CHANGED else _merges(index, key, amiss)
    return Match(key, behind, len(amiss), share, spread, merges)


def _explains(
    index: RecordingIndex, key: IdentifyingValue, values: _Values, finding: Finding, spread: _Spread
) -> bool:
    """Whether a record had a namesake, or another value before, on the day of the finding."""
    district, today = finding.district, DAYS.index(Day(finding.day))
    if finding.expected not in _TWO and (
        values.changed_on(finding.clever_id, finding.day) or _respelled(index, key, finding)
    ):
        return True
    if spread is _Spread.CHANGED or finding.expected == _ONE or key.name in _OF_MANY:
        return False
    twins = [
        owner
        for value in values.had(finding.clever_id, today)
        for owner in values.owners[value]
        if owner.clever_id != finding.clever_id
        and owner.since <= today
        and (spread is _Spread.ANYWHERE or owner.district == district)
    ]
    return any(_may_be_held(index, finding, twin) for twin in twins)


def _respelled(index: RecordingIndex, key: IdentifyingValue, finding: Finding) -> bool:
    """Whether a name or address has other capitals than before: to some apps that is another."""
    field = _SPELLED.get(key.name)
    if field is None or finding.kind != Kind.USERS:
        return False
    records = (
        shared(index, finding, day)
        for day in (finding.day, *reversed(index.before(finding.district, finding.day)))
    )
    now, then = next(records, None), next(records, None)
    return bool(now and then and now.get(field) != then.get(field))


_SPELLED = {"name": "name", "email": "email"}
"""Values of users that are compared without regard to capitals → the field that has them."""


def _may_be_held(index: RecordingIndex, missing: Finding, twin: _Holder) -> bool:
    """Whether an app that takes two for one has this one: where both are missing, it does not."""
    if missing.finding_kind is not FindingKind.MISSING or twin.district != missing.district:
        return True
    try:
        held = index.holdings(missing.district, missing.day)
    except NotReachedError:
        return True
    return bool(held.all_of(Kind(missing.kind), twin.clever_id))


def _merges(index: RecordingIndex, key: IdentifyingValue, amiss: Sequence[Finding]) -> bool | None:
    [(place, _)] = Counter((f.district, f.day) for f in amiss).most_common(1)
    try:
        records = index.roster(*place).of(key.kind)
        held = index.holdings(*place).active_ids[key.kind]
    except NotReachedError:
        return None
    if key.name in _OF_MANY:
        return False
    pairs = pairs_sharing(key, records, held)
    if any(each.merging for each in pairs):
        return True
    both, either = sum(each.both for each in pairs), sum(len(each.held_twins) for each in pairs)
    return False if both > either else None


@dataclass(frozen=True, slots=True)
class _Holder:
    clever_id: str
    district: str
    since: int
    """The first day on which it had the value, by its place in the year."""


@dataclass(frozen=True, slots=True)
class _Values:
    """Which records had which values of a sort, and since when."""

    owners: Mapping[str, Sequence[_Holder]]
    history: Mapping[str, Sequence[tuple[int, tuple[str, ...]]]]
    """Record → its values from each day on which they were new."""

    @property
    def records(self) -> int:
        return len(self.history)

    def had(self, clever_id: str, today: int) -> set[str]:
        """The values a record had up to a day."""
        known = self.history.get(clever_id, ())
        return {value for day, values in known if day <= today for value in values}

    def changed_on(self, clever_id: str, day: str) -> bool:
        """Whether a record had other values before this day than on it, or changed them earlier."""
        today = DAYS.index(Day(day))
        return len([1 for since, _ in self.history.get(clever_id, ()) if since <= today]) > 1

    def of(self, spread: _Spread) -> frozenset[str]:
        """All records that share a value so far or changed it."""
        changed = {i for i, values in self.history.items() if len(values) > 1}
        for owners in self.owners.values() if spread is not _Spread.CHANGED else ():
            by_district = Counter(owner.district for owner in owners)
            several = len(owners) > 1
            changed.update(
                owner.clever_id
                for owner in owners
                if (several if spread is _Spread.ANYWHERE else by_district[owner.district] > 1)
            )
        return frozenset(changed)


def _values(index: RecordingIndex, key: IdentifyingValue) -> _Values:
    return index.cached((_ID, key.name, key.kind), lambda: _all_values(index, key))


def _all_values(index: RecordingIndex, key: IdentifyingValue) -> _Values:
    owners: dict[str, dict[str, _Holder]] = defaultdict(dict)
    history: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    known: set[int] = set()
    for district in index.recording.header.plan.days:
        for day in index.days_of(district):
            today = DAYS.index(Day(day))
            for clever_id, record in index.roster(district, day).of(key.kind).items():
                if id(record) in known:
                    continue
                known.add(id(record))
                values = tuple(sorted(set(key.of(record))))
                if not history[clever_id] or history[clever_id][-1][1] != values:
                    history[clever_id].append((today, values))
                for value in values:
                    owners[value].setdefault(clever_id, _Holder(clever_id, district, today))
    return _Values({value: tuple(of.values()) for value, of in owners.items()}, history)


def name_taken(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """New sections are missing whose name an older one has; those with a new name are there.

    So is one of two that came together and have one name.
    """
    missing = shaped(findings, FindingKind.MISSING, kind=Kind.SECTIONS)
    one_of_two = [
        finding
        for finding in shaped(findings, FindingKind.DUPLICATE, kind=Kind.SECTIONS)
        if finding.expected in _TWO and _has_namesake(index, finding)
    ]
    free: set[tuple[str, str]] = set()
    taken: set[tuple[str, str]] = set()
    for district, day in sorted({(f.district, f.day) for f in missing}):
        try:
            earlier = index.before(district, day)
            old, now = (index.roster(district, each).sections for each in (earlier[0], day))
        except (NotReachedError, IndexError):
            continue
        names = {str(section.get("name")) for section in old.values()}
        absent = {f.clever_id for f in missing if (f.district, f.day) == (district, day)}
        new = now.keys() - old.keys()
        free |= {(district, i) for i in new - absent if str(now[i].get("name")) not in names}
        taken |= {(district, i) for i in new & absent if str(now[i].get("name")) in names}
    behind = [f for f in missing if (f.district, f.clever_id) in taken or _has_namesake(index, f)]
    if free and len(taken) > 1 and len(behind) >= _NEARLY * len(missing):
        yield LikelyCause(
            "needs-unique-names",
            f"{len(taken)} new sections with the name of an older one are missing, while those "
            "with a new name are there: your app assumes that section names are unique.",
            "Make only the Clever ID unique; section names repeat every year.",
            [*missing, *one_of_two],
        )


def _has_namesake(index: RecordingIndex, finding: Finding) -> bool:
    """Whether Clever shares another section of that name on the day."""
    sections = index.roster(finding.district, finding.day).sections
    mine = sections.get(finding.clever_id)
    alike = [one for one in sections.values() if mine and one.get("name") == mine.get("name")]
    return len(alike) > 1


LOOKUPS: tuple[Rule, ...] = (name_taken, looked_up)
