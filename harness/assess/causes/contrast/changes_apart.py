"""Changes apart: which changed records an app leaves as they were, of all that changed.

Values and lists are one here: an app that overlooks a change of a record overlooks all of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from harness.assess.causes.contrast.applied import changes_by_sync
from harness.assess.causes.contrast.aspects import Sort, Unit
from harness.assess.causes.contrast.features import features
from harness.assess.causes.contrast.in_common import cause_of
from harness.assess.causes.contrast.sides import NEARLY, ContrastSides, Key
from harness.assess.causes.likely_cause import LikelyCause
from harness.assess.causes.ways import GONE, WAYS
from harness.assess.findings import Finding
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.district.clever.events import Action
from harness.district.data_model.records import Kind

_MOST = 0.8
_WHAT = frozenset(
    [name for name in WAYS if name not in GONE]
    + [f"{noun}-{how}" for noun in ("school", "student", "teacher") for how in ("added", "lost")]
    + ["schools-exchanged", "class-joined", "class-left", "first-class", "last-class-left"]
)
"""Features that say what changed: that an app overlooks one value or list has causes of its own."""
_Findings = Mapping[tuple[str, str], Sequence[Finding]]
"""District and Clever ID → what is wrong with a record."""


def changes_apart(index: RecordingIndex, findings: Sequence[Finding]) -> LikelyCause | None:
    """What sets the changes an app missed apart, if that is behind most of these findings."""
    about: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        about[finding.district, finding.clever_id].append(finding)
    for kind in KINDS:
        group = _sides(index, kind, about).best()
        if group and group.split.strength >= NEARLY and len(group.behind) >= _MOST * len(findings):
            return cause_of(group.names, [group], list(dict.fromkeys(group.behind)))
    return None


def _sides(index: RecordingIndex, kind: Kind, about: _Findings) -> ContrastSides:
    """The changed records of a kind whose changes did not arrive, and those whose changes did."""
    wrong: dict[Key, frozenset[str]] = {}
    right: list[frozenset[str]] = []
    for sync in changes_by_sync(index):
        for change in sync.seen if sync.calm else ():
            if change.kind is kind and change.action is Action.UPDATED:
                names = features(sync.scene, kind, change.clever_id) - _WHAT
                if change.arrived:
                    right.append(names)
                else:
                    wrong[sync.scene.district, sync.scene.day, Unit(change.clever_id)] = names
    of_change = {key: about.get((key[0], key[2].clever_id), ()) for key in wrong}
    return ContrastSides(Sort("misses", "", kind), wrong, right, of_change)
