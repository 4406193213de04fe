"""Sides: the wrong and the right ones of a sort with their features, and what parts them best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from harness.assess.causes.contrast.aspects import Sort, Unit, is_right, members_kind, units
from harness.assess.causes.contrast.feature_table import FEATURES, Feature, Rank
from harness.assess.causes.contrast.features import features
from harness.assess.causes.contrast.scene import SyncScene, scene, scenes
from harness.assess.causes.contrast.split import Split
from harness.assess.causes.members import named
from harness.assess.causes.ways import WAYS
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex

_MOST_SCENES = 4
"""In so many syncs also what did not change is looked at."""
NEARLY = 0.9
_ALIKE_IN: Mapping[str, tuple[str, ...]] = {
    "lacks": ("entry-new", "new", "back"),
    "keeps": ("gone",),
    "field": tuple(WAYS),
    "misses": (),
}
"""What is wrong → what makes right ones comparable: they, too, came, changed or went that way."""
_FEW = 3
"""Of fewer records only what changed or was delivered can tell, among many others."""
_MANY = 100
_CLOSE = 0.02
"""Of two features that split nearly as well, the one that comes first in the table is named."""
_OF_ALL_CLASSES = frozenset({"classes-ahead", "classes-over"})
"""What a class that is in question explains itself."""
_NOTHING_THERE = frozenset({"no-email", "no-phone"})
"""What may be enough if one of both is there."""
OWNER = "of:"
"""Before the name of a feature that the owner of a list has, instead of the entry."""


Key = tuple[str, str, Unit]
"""District and day of the sync with which it goes wrong, and what does."""
Wrong = Mapping[Key, Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Group:
    """Wrong ones of one sort, with the names of what they have in common."""

    sort: Sort
    names: tuple[str, ...]
    split: Split
    keys: frozenset[Key]
    behind: Sequence[Finding]
    base: str = ""
    """What makes the right ones comparable, if they were chosen by anything."""


@dataclass(frozen=True, slots=True)
class ContrastSides:
    """What is wrong and what is right of a sort, each with the names of its features."""

    sort: Sort
    wrong: Mapping[Key, frozenset[str]]
    right: Sequence[frozenset[str]]
    findings: Wrong = field(repr=False)

    @classmethod
    def of(cls, index: RecordingIndex, sort: Sort, wrong: Wrong) -> ContrastSides:
        at = Counter((district, day) for district, day, _ in wrong)
        whole = {place for place, _ in at.most_common(_MOST_SCENES)}
        right = [
            names
            for of_day in scenes(index)
            if of_day.then is not None or (of_day.district, of_day.day) in whole
            for names in _right(
                of_day, sort, changed_only=(of_day.district, of_day.day) not in whole
            )
        ]
        named = {key: _names(scene(index, *key[:2]), sort, key[2]) for key in wrong}
        return cls(sort, named, right, wrong)

    def without(self, group: Group) -> ContrastSides:
        left = {key: names for key, names in self.wrong.items() if key not in group.keys}
        return ContrastSides(self.sort, left, self.right, self.findings)

    def best_among_alike(self) -> Group | None:
        """The same among those alone that came, changed or went in the way all these did."""
        for base in _ALIKE_IN[self.sort.verb]:
            wrong = {key: names - {base} for key, names in self.wrong.items() if base in names}
            if len(wrong) >= NEARLY * len(self.wrong):
                right = [names - {base} for names in self.right if base in names]
                group = ContrastSides(self.sort, wrong, right, self.findings).best()
                if group:
                    return replace(self._widened(group), base=base)
        return None

    def _widened(self, group: Group) -> Group:
        """The group with those that are wrong and have the same, whichever way they came."""
        keys = {key for key, names in self.wrong.items() if names.issuperset(group.names)}
        whole = [f for key in (*group.keys, *keys - group.keys) for f in self.findings[key]]
        return replace(group, keys=group.keys | keys, behind=whole)

    def alike(self) -> Iterator[tuple[str, int]]:
        """The way in which nearly all of these came or changed, and how many such are right."""
        for base in _ALIKE_IN[self.sort.verb]:
            if sum(base in names for names in self.wrong.values()) >= NEARLY * len(self.wrong):
                yield base, sum(base in names for names in self.right)
                return

    def best(self) -> Group | None:
        """The feature, or else the pair of features, that splits the two sides best."""
        able = [g for name in self._common() if (g := self._group((name,)))]
        if not able and len(self.wrong) >= _FEW:
            pairs = combinations(sorted(self._common(), key=_place), 2)
            able = [g for pair in pairs if _go_together(pair) and (g := self._group(pair))]
        if not able:
            return None
        most = max(group.split.strength for group in able)
        near = [group for group in able if group.split.strength >= most - _CLOSE]
        return min(near, key=lambda group: [_place(name) for name in group.names])

    def _common(self) -> Sequence[str]:
        """What most of the wrong ones have."""
        counts = Counter(name for names in self.wrong.values() for name in names)
        return [name for name, number in counts.items() if number >= 0.8 * len(self.wrong)]

    def _group(self, names: tuple[str, ...]) -> Group | None:
        wanted = frozenset(names)
        keys = frozenset(key for key, known in self.wrong.items() if wanted <= known)
        right = sum(wanted <= known for known in self.right)
        split = Split(len(keys), len(self.wrong), right, len(self.right))
        if not split.tells(2 * len(FEATURES)) or not self._are_enough(names, keys, split):
            return None
        behind = [f for key in keys for f in self.findings[key]]
        return Group(self.sort, names, split, keys, behind)

    def _are_enough(self, names: tuple[str, ...], keys: frozenset[Key], split: Split) -> bool:
        """Whether so few can have it by more than coincidence."""
        of_owner = all(name.startswith(OWNER) for name in names)
        records = {
            (district, unit.clever_id if of_owner else unit.entry or unit.clever_id)
            for district, _, unit in keys
        }
        if len(records) >= _FEW:
            return True
        ranks = [feature(name).rank for name in names]
        telling = max(ranks) < Rank.RELATION or (max(ranks) is Rank.RELATION and len(records) > 1)
        return telling and not split.right_with and split.right >= _MANY


def _right(of_day: SyncScene, sort: Sort, *, changed_only: bool) -> Iterator[frozenset[str]]:
    for unit in units(of_day, sort, changed_only=changed_only):
        if is_right(of_day, sort, unit):
            yield _names(of_day, sort, unit)


def _names(of_day: SyncScene, sort: Sort, unit: Unit) -> frozenset[str]:
    """The names of all that is so of a record, or of an entry and of the record it is listed by."""
    own = features(of_day, sort.kind, unit.clever_id)
    if not unit.entry:
        return own
    theirs = frozenset(f"{OWNER}{name}" for name in own)
    former = of_day.former(sort.kind, unit.clever_id)
    if former and unit.entry not in set(named(FindingKind(sort.what), former)):
        theirs |= {"entry-new"}
    kind = members_kind(sort)
    if kind is None:
        return theirs | {f"role:{unit.entry}"}
    return theirs | (features(of_day, kind, unit.entry) - _OF_ALL_CLASSES)


def _go_together(pair: tuple[str, str]) -> bool:
    """Whether two features say something together: a change, or that nothing is there."""
    return feature(pair[0]).rank is Rank.CHANGE or _NOTHING_THERE.issuperset(pair)


def feature(name: str) -> Feature:
    return FEATURES[name.removeprefix(OWNER)]


def _place(name: str) -> tuple[int, bool, int]:
    """Changes first, then deliveries, and each in the order of the table."""
    plain = name.removeprefix(OWNER)
    return FEATURES[plain].rank, name.startswith(OWNER), _ORDER[plain]


_ORDER = {name: number for number, name in enumerate(FEATURES)}
