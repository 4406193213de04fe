"""Which value an app refuses: what records it lacks have, and those that it holds do not have."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, own_words, shaped
from harness.assess.causes.related_values import Trait
from harness.assess.causes.traits import KEY, VALUE, WITHOUT, traits
from harness.assess.findings import UNHEARD_OF, Finding, FindingKind
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.district.data_model.records import (
    ContactRole,
    Course,
    DistrictAdminRole,
    Kind,
    Record,
    Role,
    School,
    Section,
    StaffRole,
    StudentRole,
    TeacherRole,
    Term,
    User,
)
from harness.district.data_model.roster import Roster
from harness.prose import joined

_NEARLY = 0.8
_MOST_DAYS = 4
_CONTRAST = 3
"""So many records without it must be there, or a value is everybody's."""
_FEW = 4
"""Values that are named one by one; and explanations of the same strength."""
_ABSENT = (FindingKind.MISSING, FindingKind.INACTIVE)


def refused(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Of the records with one value nearly all are missing, and of the others few are."""
    for kind in reversed(KINDS):
        left = shaped(findings, *_ABSENT, kind=kind)
        for _ in range(_FEW):
            if not left or (cause := _strongest(index, kind, left)) is None:
                break
            yield cause
            claimed = {finding.id for finding in cause.behind}
            left = [finding for finding in left if finding.id not in claimed]


def _strongest(index: RecordingIndex, kind: Kind, missing: Sequence[Finding]) -> LikelyCause | None:
    absent, held = _sides(index, kind, missing)
    today = index.recording.header.run_date.isoformat()
    with_trait: Counter[Trait] = Counter()
    lacking: dict[Trait, set[str]] = defaultdict(set)
    former = {f.clever_id: _had_in_use(index, f, today) for f in missing}
    for clever_id, (record, roster) in absent.items():
        for trait in {*traits(kind, record, roster, today)} - former.get(clever_id, set()):
            lacking[trait].add(clever_id)
    for record, roster in held.values():
        known = traits(kind, record, roster, today)
        with_trait.update(trait for trait in known if trait in lacking)
    _join_values(lacking, with_trait)
    _join_fields(lacking, with_trait)
    good = {
        trait: ids
        for trait, ids in lacking.items()
        if len(ids) >= _NEARLY * (len(ids) + with_trait[trait])
        and (trait.rank < VALUE or 2 * len(ids) >= len(absent))
        and len(held) - with_trait[trait] >= _CONTRAST
    }
    if not good:
        return None
    paths = (finding.field.removeprefix(UNHEARD_OF).split(", ") for finding in missing)
    named = {part for parts in paths for part in parts if part}

    def order(trait: Trait) -> tuple[object, ...]:
        is_named = any(f".{part}".endswith(f".{trait.path}") for part in named)
        strength = len(good[trait]) - 2 * with_trait[trait]
        longest = re.search(r"over (\d+)", trait.words)
        limit = -int(longest[1]) if longest else 0
        return -strength, not is_named, trait.rank, _place(trait.path), limit, trait

    best, *others = sorted(good, key=order)
    if best.rank == VALUE and len(absent) == 1 and order(best)[1]:
        return None
    alike = (
        t
        for t in others
        if order(t)[:3] == order(best)[:3]
        and good[t] == good[best]
        and t.words.replace(t.path, best.path) == best.words
    )
    equal = {_bare(trait.path) for trait in alike} - {_bare(best.path)}
    if len(equal) > _FEW:
        return None
    tied = [trait for trait in good if good[trait] == good[best]]
    return _cause(index, kind, best, good[best], with_trait[best], sorted(equal), missing, tied)


def _had_in_use(index: RecordingIndex, finding: Finding, today: str) -> set[Trait]:
    """What an archived record had already when the app last had it in use: that is no reason."""
    if finding.finding_kind is not FindingKind.INACTIVE:
        return set()
    kind = Kind(finding.kind)
    for day in reversed(index.before(finding.district, finding.day)):
        try:
            held = index.holdings(finding.district, day)
        except NotReachedError:
            continue
        roster = index.roster(finding.district, day)
        record = roster.of(kind).get(finding.clever_id)
        if record and held.active(kind, finding.clever_id):
            return {*traits(kind, record, roster, today)}
    return set()


def _place(path: str) -> int:
    """The better known a value is, the likelier an app takes it for granted."""
    bare = _bare(path)
    return _KNOWN.index(bare) if bare in _KNOWN else len(_KNOWN)


def _bare(path: str) -> str:
    """A path without the role it is in."""
    first, _, below = path.partition(".")
    return below if below and first in tuple(Role) else path


_KNOWN = (
    "name.last", "name.first", "name", "email", "sis_id", "roles", "grade", "principal", "title",
    "ext",
)  # fmt: skip


def _cause(
    index: RecordingIndex,
    kind: Kind,
    trait: Trait,
    ids: set[str],
    harmless: int,
    paths: Sequence[str],
    missing: Sequence[Finding],
    tied: Sequence[Trait],
) -> LikelyCause:
    behind = [finding for finding in missing if finding.clever_id in ids]
    number = len(ids) + harmless
    some = f"{len(ids)} of {number}" if harmless else f"all {number}" if number > 1 else "the only"
    noun = kinds_of(behind) if number > 1 else kinds_of(behind)[:-1]
    named = " or ".join(f"`{path}`" for path in [trait.path, *paths])
    words = trait.words.replace(f"`{trait.path}`", named) if paths else trait.words
    if all(finding.finding_kind is FindingKind.INACTIVE for finding in behind) and any(
        not _was_active(index, finding) for finding in behind
    ):
        return LikelyCause(
            "archives-what-is-shared",
            f"Your app archives {some} {noun} {words}.{own_words(index, behind)}",
            f"Archive only what Clever no longer shares, whatever {named} says.",
            behind,
        )
    if _is_unheard(trait.path):
        unheard = sorted({_bare(t.path).partition(".")[0] for t in tied if _is_unheard(t.path)})
        named = joined([f"`{path}`" for path in unheard])
        return LikelyCause(
            "unknown-field",
            f"Your app leaves out {some} {noun} with fields that Clever's description does not "
            f"have: {named}.{own_words(index, behind)}",
            "Ignore fields and values you do not know; Clever can add some at any time.",
            behind,
        )
    return LikelyCause(
        "null-role"
        if trait.path == "roles" and "null" in trait.words
        else f"odd-value:{_bare(trait.path)}",
        f"Your app leaves out {some} {noun} {words}.{own_words(index, behind)}",
        f"Accept whatever Clever sends in {named}, or nothing: keep the record, and leave out the "
        "value at most."
        + (_WITHOUT_ADDRESS if kind is Kind.USERS and _is_about_none(trait) else ""),
        behind,
    )


def _is_about_none(trait: Trait) -> bool:
    """Whether a trait is that there is no address."""
    return _bare(trait.path) == "email" and trait.rank == WITHOUT


def _was_active(index: RecordingIndex, finding: Finding) -> bool:
    """Whether the app had a record in use on a day before."""
    try:
        return any(
            index.holdings(finding.district, day).active(Kind(finding.kind), finding.clever_id)
            for day in index.before(finding.district, finding.day)
        )
    except NotReachedError:
        return True


_WITHOUT_ADDRESS = (
    ' If people without an address should have no account, declare `"with-email"` for their role '
    "in [profile.accounts]."
)
_Shared = tuple[Record, Roster]
"""A record, and everything that is shared with it."""


def _sides(
    index: RecordingIndex, kind: Kind, missing: Sequence[Finding]
) -> tuple[Mapping[str, _Shared], Mapping[str, _Shared]]:
    """Records that are missing by a finding, and those the app holds on the same days."""
    absent: dict[str, _Shared] = {}
    held: dict[str, _Shared] = {}
    days = Counter((finding.district, finding.day) for finding in missing)
    for (district, day), _ in days.most_common(_MOST_DAYS):
        try:
            roster = index.roster(district, day)
            active = index.holdings(district, day).active_ids[kind]
        except NotReachedError:
            continue
        held |= {i: (record, roster) for i, record in roster.of(kind).items() if i in active}
    if len(held) < 2 * _CONTRAST:
        held |= _held_elsewhere(index, kind)
    for finding in missing:
        record = _as_shared(index, finding, kind)
        if record is not None:
            absent[finding.clever_id] = record, index.roster(finding.district, finding.day)
    return absent, {i: record for i, record in held.items() if i not in absent}


def _held_elsewhere(index: RecordingIndex, kind: Kind) -> Mapping[str, _Shared]:
    """What the app holds of each district after its first sync: one has few schools alone."""
    held: dict[str, _Shared] = {}
    for district in index.districts:
        try:
            day = index.days_of(district)[0]
            roster = index.roster(district, day)
            active = index.holdings(district, day).active_ids[kind]
        except NotReachedError:
            continue
        held |= {i: (record, roster) for i, record in roster.of(kind).items() if i in active}
    return held


def _as_shared(index: RecordingIndex, finding: Finding, kind: Kind) -> Record | None:
    try:
        return index.roster(finding.district, finding.day).of(kind).get(finding.clever_id)
    except NotReachedError:
        return None


def _join_values(lacking: dict[Trait, set[str]], harmless: Counter[Trait]) -> None:
    """Values of one path that are all refused become one trait."""
    by_path: dict[str, list[Trait]] = defaultdict(list)
    for trait in lacking:
        if trait.rank == VALUE and not harmless[trait]:
            by_path[trait.path].append(trait)
    for path, several in by_path.items():
        if len(several) > 1:
            values = sorted(trait.words.partition(" is ")[2] for trait in several)
            more = f" and {len(values) - _FEW} others" if len(values) > _FEW else ""
            shown = ", ".join(values[:_FEW]) if more else " or ".join(values)
            joint = Trait(VALUE, path, f"whose `{path}` is {shown}{more}")
            lacking[joint] = set().union(*(lacking[trait] for trait in several))


def _join_fields(lacking: dict[Trait, set[str]], harmless: Counter[Trait]) -> None:
    """Extension fields, and roles that are null, of which no record the app holds has any."""
    joint = {
        Trait(KEY, "ext", "with fields in `ext` that no other has"): [
            t for t in lacking if t.rank == KEY and _bare(t.path).startswith("ext.")
        ],
        Trait(WITHOUT, "roles", "with a key of `roles` that is null"): [
            t for t in lacking if t.path.startswith("roles.") and t.words.endswith("` is null")
        ],
    }
    for joined_trait, several in joint.items():
        free = [trait for trait in several if not harmless[trait]]
        if len({trait.path for trait in free}) > 1:
            lacking[joined_trait] = set().union(*(lacking[trait] for trait in free))


def skipped(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What is missing, and the app says itself that it skipped it."""
    places = {(f.district, f.day) for f in shaped(findings, *_ABSENT)}
    named = {
        (district, day, record.clever_id)
        for district, day in places
        if index.has_synced(district, day)
        for record in index.synced(district, day).final.skipped
    }
    behind = [f for f in shaped(findings, *_ABSENT) if (f.district, f.day, f.clever_id) in named]
    if behind:
        yield LikelyCause(
            "skips-records",
            f"Your app skips {len({f.clever_id for f in behind})} {kinds_of(behind)} and says so."
            f"{own_words(index, behind)}",
            "Remove the reason your app gives: Clever shares these records as they are.",
            behind,
        )


_KEYS = frozenset().union(
    *(record.__annotations__ for record in (School, Term, Course, Section, User)),
    *(role.__annotations__ for role in (StudentRole, TeacherRole, StaffRole)),
    *(role.__annotations__ for role in (DistrictAdminRole, ContactRole)),
)
"""The fields of records and roles that Clever's description has."""


def _is_unheard(path: str) -> bool:
    """Whether Clever's description has no such field."""
    return _bare(path).partition(".")[0] not in _KEYS


ODD_VALUES: tuple[Rule, ...] = (refused, skipped)
