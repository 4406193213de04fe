"""In common: what nearly all that is wrong has at the sync it goes wrong with, and the right lacks.

It speaks where no more particular rule explains anything, of what the recording counts on both
sides: records of the same kind and sync, and all that changed with any other sync.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from harness.assess.causes.contrast.aspects import Sort, Unit, is_right, words, wrong_units
from harness.assess.causes.contrast.feature_table import Rank
from harness.assess.causes.contrast.scene import scene
from harness.assess.causes.contrast.sides import NEARLY, OWNER, ContrastSides, Group, Key, feature
from harness.assess.causes.likely_cause import LikelyCause, part
from harness.assess.causes.members import NOUNS
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Role, roles_of

_MOST_CAUSES = 3
_ID = "in-common"


def in_common(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What sets the wrong ones of each sort apart; a feature of several sorts is one cause."""
    by_names: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for sort, wrong in _wrong_by_sort(index, findings).items():
        sides = ContrastSides.of(index, sort, wrong)
        for _ in range(_MOST_CAUSES):
            group = sides.best_among_alike() or sides.best() if sides.wrong else None
            if group is None:
                break
            by_names[group.names].append(group)
            sides = sides.without(group)
    claimed: set[str] = set()
    for names, groups in by_names.items():
        behind = [f for g in groups for f in g.behind if f.id not in claimed]
        claimed |= {finding.id for finding in behind}
        if behind:
            yield cause_of(names, groups, list(dict.fromkeys(behind)))


def with_the_same(
    index: RecordingIndex, cause: LikelyCause, findings: Sequence[Finding]
) -> LikelyCause:
    """The cause, if it is one of these, with what else is wrong in that way and has the same."""
    kind, _, rest = cause.id.partition(":")
    if kind != _ID:
        return cause
    names, sorts = frozenset(rest.split("+")), _wrong_by_sort(index, cause.behind).keys()
    more = {
        finding.id: finding
        for sort, wrong in _wrong_by_sort(index, findings).items()
        if sort in sorts
        for key, known in ContrastSides.of(index, sort, wrong).wrong.items()
        if names <= known
        for finding in wrong[key]
    }
    return replace(cause, behind=[*cause.behind, *more.values()]) if more else cause


def apart_among_alike(index: RecordingIndex, findings: Sequence[Finding]) -> LikelyCause | None:
    """What sets nearly all of these apart from right ones that came, changed or went like them.

    That contradicts whoever says that such records are never right.
    """
    return _apart(index, findings, ContrastSides.best_among_alike)


def apart(index: RecordingIndex, findings: Sequence[Finding]) -> LikelyCause | None:
    """The same, from all that are right."""
    return _apart(index, findings, ContrastSides.best)


def right_ones_alike(index: RecordingIndex, findings: Sequence[Finding]) -> str:
    """How many that came, changed or went like these are right, as a sentence; or ""."""
    number, ways = 0, ""
    for sort, wrong in _wrong_by_sort(index, findings).items():
        for base, right in ContrastSides.of(index, sort, wrong).alike():
            number, ways = number + right, ways or feature(base).words
    if not number:
        return ""
    return f" But of others that {ways}, {number:,} {'is' if number == 1 else 'are'} right."


def _tells(index: RecordingIndex, group: Group) -> bool:
    """Whether what these have in common is more than their role: some never are in a class."""
    if "unlisted" not in group.names:
        return True
    users = [index.roster(f.district, f.day).users.get(f.clever_id) for f in group.behind]
    return any(
        not {Role.STUDENT, Role.TEACHER}.isdisjoint(roles_of(user)) for user in users if user
    )


def _apart(
    index: RecordingIndex,
    findings: Sequence[Finding],
    best: Callable[[ContrastSides], Group | None],
) -> LikelyCause | None:
    groups: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for sort, wrong in _wrong_by_sort(index, findings).items():
        group = best(ContrastSides.of(index, sort, wrong))
        if group and _tells(index, group):
            groups[group.names].append(group)
    for names, of_name in groups.items():
        behind = list({f.id: f for group in of_name for f in group.behind}.values())
        if len(behind) >= NEARLY * len(findings) and _tells_more(names):
            return cause_of(names, of_name, behind)
    return None


def _tells_more(names: Sequence[str]) -> bool:
    return any(feature(name).rank < Rank.STATE for name in names)


def _wrong_by_sort(
    index: RecordingIndex, findings: Sequence[Finding]
) -> Mapping[Sort, Mapping[Key, Sequence[Finding]]]:
    by_sort: dict[Sort, dict[Key, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        for sort, unit in wrong_units(index, finding):
            day = _since(index, finding, sort, unit)
            if day:
                by_sort[sort][finding.district, day, unit].append(finding)
    return by_sort


def _since(index: RecordingIndex, finding: Finding, sort: Sort, unit: Unit) -> str:
    """The day with whose sync it went wrong; "" if nothing is wrong on the day of the finding."""
    since = ""
    for day in (finding.day, *reversed(index.before(finding.district, finding.day))):
        try:
            right = is_right(scene(index, finding.district, day), sort, unit)
        except NotReachedError:
            break
        if right is not False:
            break
        since = day
    return since


def cause_of(names: tuple[str, ...], groups: Sequence[Group], behind: list[Finding]) -> LikelyCause:
    first, *others = sorted(groups, key=lambda group: -len(group.keys))
    split = first.split
    more = "".join(
        f" The same is so of {part(g.split.wrong_with, g.split.wrong)} {words(g.sort)}."
        for g in others
    )
    having = f"{split.right_with:,}" if split.right_with else "none"
    # Of two features the second one says which of those that changed alike are meant.
    remedy = next((feature(n).remedy for n in reversed(names) if feature(n).remedy), "")
    number = part(split.wrong_with, split.wrong)
    return LikelyCause(
        f"{_ID}:{'+'.join(names)}",
        f"{number[:1].upper()}{number[1:]} {words(first.sort)} {_words(first.sort, names)}; "
        f"of the {split.right:,} others{_like_them(first)}, {having}.{more}",
        remedy
        or f"Look for what your app does otherwise with records that {_words(first.sort, names)}.",
        behind,
    )


def _like_them(group: Group) -> str:
    return f" that {_words_of(group.sort, group.base)}" if group.base else ""


def _words(sort: Sort, names: Sequence[str]) -> str:
    return " and ".join(_words_of(sort, name) for name in names)


def _words_of(sort: Sort, name: str) -> str:
    own_words = feature(name).words
    if sort.what == FindingKind.ROLE and name in {f"role:{role}" for role in Role}:
        return f"are `{name.partition(':')[2]}`"
    if name.startswith(OWNER):
        return f"are of {NOUNS[FindingKind(sort.what)].whose} that {own_words}"
    return own_words
