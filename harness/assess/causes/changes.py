"""Changes: what is new about a record since the sync before, as a reason to archive it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.assess.between_syncs import steps
from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, part, shaped
from harness.assess.causes.ways import EMAIL, LOST_LINKS, WAYS, ways
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind
from harness.plan.plan import OldAccount

_NEARLY = 0.75
_LEAST = 2
"""Of a single record nobody knows which of its values mattered."""
_Moment = tuple[str, str, str]
"""District, Clever ID, and the day with whose sync something is new."""

_REMEDIES = {
    "role": "A role that ends is no reason to archive a person: take the role away, and archive "
    "only who is missing from a complete read of all users.",
    "email": "Look people up by Clever ID, and write the new address into the account they have; "
    "archive only who is missing from a complete read.",
}
_REMEDY = (
    "Write the new value into the record it is about; archive only what a complete read did not "
    "contain."
)


def archived_on_change(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that is archived though shared has just changed in one way, which archives all."""
    for kind in reversed(KINDS):
        archived = shaped(findings, FindingKind.INACTIVE, kind=kind)
        moments = {f.id: moment for f in archived if (moment := _moment(index, f))}
        if len(known := set(moments.values())) < _LEAST:
            continue
        ways = [_Way(name, moved, known) for name, moved in _changes(index, kind).items()]
        always = any(f.id not in moments for f in archived)
        able = [
            way
            for way in ways
            if way.explains and len(way.after(index)) >= _NEARLY * way.of
            # What was never in use has lost nothing: that there is none may be the reason.
            if not (always and way.name in LOST_LINKS)
        ]
        if able:
            best = max(able, key=lambda way: (len(way.behind), len(way.after(index)) / way.of))
            yield best.cause(index, [f for f in archived if moments.get(f.id) in best.moved])


@dataclass(frozen=True, slots=True)
class _Way:
    """One way in which records change, as the reason why an app archived some."""

    name: str
    moved: set[_Moment]
    """What changed in this way."""
    known: set[_Moment]
    """What was archived though shared."""

    @property
    def of(self) -> int:
        return len(self.moved)

    @property
    def behind(self) -> set[_Moment]:
        return self.known & self.moved

    @property
    def explains(self) -> bool:
        return len(self.behind) >= max(_LEAST, _NEARLY * len(self.known))

    def after(self, index: RecordingIndex) -> set[_Moment]:
        """What the app had out of use once it had changed in this way."""
        return {(d, i, day) for d, i, day in self.moved if not _in_use(index, d, i, day)}

    def cause(self, index: RecordingIndex, behind: list[Finding]) -> LikelyCause:
        kinds = kinds_of(behind)
        who = "who" if kinds == Kind.USERS else "that"
        return LikelyCause(
            "archives-what-is-shared",
            f"Your app archives {kinds} {who} {WAYS[self.name]}: it did so in "
            f"{part(len(self.after(index)), self.of)} cases, though Clever goes on sharing them.",
            _REMEDIES.get(self.name, _REMEDY),
            behind,
        )


def _in_use(index: RecordingIndex, district: str, clever_id: str, day: str) -> bool:
    kind = index.kind_of(district, clever_id)
    return bool(index.holdings(district, day).active_rows(kind, clever_id))


def _moment(index: RecordingIndex, finding: Finding) -> _Moment | None:
    """Since when the app has a record archived that it had in use, or has had from before."""
    kind, district = Kind(finding.kind), finding.district
    days = (*index.before(district, finding.day), finding.day)
    for earlier, day in reversed(list(pairwise(days))):
        try:
            if index.holdings(district, earlier).active_rows(kind, finding.clever_id):
                return district, finding.clever_id, day
        except NotReachedError:
            return None
    old = (district, finding.clever_id, days[0])
    return old if old in _old_accounts(index) else None


def _changes(index: RecordingIndex, kind: Kind) -> Mapping[str, set[_Moment]]:
    return index.cached(("changes", kind), lambda: _all_changes(index, kind))


def _all_changes(index: RecordingIndex, kind: Kind) -> Mapping[str, set[_Moment]]:
    """Each way in which records change → those that did and had been in use, and when."""
    moments: dict[str, set[_Moment]] = defaultdict(set)
    for step in steps(index, kind):
        stay = step.then.of(kind).keys() & step.now.of(kind).keys()
        for clever_id in stay & step.held:
            for name in ways(kind, clever_id, step.then, step.now):
                moments[name].add((step.district, clever_id, step.day))
    if kind is Kind.USERS and (spelled := _old_accounts(index)):
        moments[EMAIL] |= spelled
    return moments


def _old_accounts(index: RecordingIndex) -> set[_Moment]:
    """The accounts from before Clever whose address has other letters than Clever's."""
    moments: set[_Moment] = set()
    for act in index.accounts:
        if act.kind is not OldAccount.CAPITALS or act.refused:
            continue
        for day in index.days_of(act.district)[:1]:
            try:
                person = index.cast(act.district, day, act.edge_case, act.person)
            except NotReachedError:
                continue
            moments.add((act.district, person.clever_id, day))
    return moments


CHANGES: tuple[Rule, ...] = (archived_on_change,)
