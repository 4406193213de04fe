"""Updates: which values of records an app leaves as they were, and which it brings up to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harness.assess.causes.arrived_values import Value, arrived, in_words
from harness.assess.causes.contrast.applied import changes_by_sync
from harness.assess.causes.left_of_some import left_of_some, of_a_role
from harness.assess.causes.likely_cause import LikelyCause, kinds_of, shaped, was_away
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.assess.written_values import was_right
from harness.district.clever.events import Action
from harness.prose import counted, joined

_SEVERAL = 2
"""So many without an address at least: one alone may lack it for another reason."""


def stale(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Every wrong value is what Clever shared before; what else changed tells how much that is."""
    behind = [f for f in shaped(findings, FindingKind.FIELD) if was_right(index, f)]
    if not behind:
        return
    if all(was_away(index, finding) for finding in behind):
        yield _of_returned(behind)
        return
    fresh = arrived(index, behind)
    fields = {(f.kind, f.field) for f in behind}
    same = sum(fresh[field] for field in fields)
    others = {field: number for field, number in fresh.items() if field not in fields and number}
    if same and _come_and_go(behind):
        yield _come_and_go_cause(behind, same)
    elif some := next(left_of_some(index, behind), None):
        yield some
    elif len(behind) < same:
        yield from of_a_role(index, behind, same)
    elif others or same:
        yield _of_fields(behind, fields, others, same)
    else:
        yield LikelyCause(
            "never-updates",
            _never(behind, _others_updated(index, behind)),
            "Update existing records on every sync, instead of only adding new ones.",
            behind,
        )


def _others_updated(index: RecordingIndex, behind: Sequence[Finding]) -> int:
    """How many changes of other records of these kinds the app has taken over, on any day."""
    wrong = {(f.district, f.clever_id) for f in behind}
    return sum(
        change.arrived is True
        for sync in changes_by_sync(index)
        for change in sync.changes
        if change.action is Action.UPDATED
        and change.kind in {f.kind for f in behind}
        and (sync.scene.district, change.clever_id) not in wrong
    )


def _never(behind: Sequence[Finding], others: int) -> str:
    kinds = kinds_of(behind)
    if not others:
        return f"Your app never updates existing {kinds}: they keep the values of the first sync."
    return (
        f"Your app leaves {counted(len(behind), 'value')} of existing {kinds} as Clever shared "
        f"{'it' if len(behind) == 1 else 'them'} before; {counted(others, 'change')} of other "
        f"{kinds} reached it."
    )


def _of_returned(behind: Sequence[Finding]) -> LikelyCause:
    return LikelyCause(
        "never-updates",
        f"Your app restores {kinds_of(behind)} with the values they had before they left: "
        f"{counted(len(behind), 'value')} that changed meanwhile "
        f"{'is' if len(behind) == 1 else 'are'} as Clever shared them before.",
        "When you restore a record, store everything that Clever shares of it now.",
        [*behind],
    )


def _come_and_go(behind: Sequence[Finding]) -> bool:
    """Whether all of these have no value on one side, some here and some there."""
    new = [f for f in behind if not _is_value(f.found)]
    return len(new) > 0 and all(_is_value(f.expected) != _is_value(f.found) for f in behind)


def _is_value(text: str) -> bool:
    return text not in ("", "none")


def _come_and_go_cause(behind: Sequence[Finding], same: int) -> LikelyCause:
    return LikelyCause(
        "never-updates",
        f"Your app does not take over values that appear or disappear: "
        f"{counted(len(behind), 'value')} of {kinds_of(behind)} had none before or has none now at "
        f"Clever, and your app has what was there before; {counted(same, 'value')} of these fields "
        "that changed otherwise are up to date.",
        "Count a value that appears or disappears as a change: in SQL, `<>` is never true of NULL; "
        "compare with `IS DISTINCT FROM` or `IS NOT`.",
        [*behind],
    )


def _of_fields(
    behind: Sequence[Finding], fields: set[Value], others: Mapping[Value, int], same: int
) -> LikelyCause:
    words = joined([in_words(field) for field in sorted({field for _, field in fields})])
    kinds = kinds_of(behind)
    seen = [f"{counted(n, 'change')} of {in_words(field)}" for (_, field), n in others.items()]
    seen += [f"{same:,} of {words}"] if same else []
    return LikelyCause(
        "never-updates",
        f"Your app does not update the {words} of existing {kinds}: "
        f"{counted(len(behind), 'value')} {'is' if len(behind) == 1 else 'are'} as Clever shared "
        f"them before; on the same days {joined(seen[:3])} reached it.",
        f"Write the {words} in every sync, as you write other values, with what Clever sends.",
        [*behind],
    )


def taken(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Only addresses that were another person's are not there, or as before."""
    wrong = [f for f in shaped(findings, FindingKind.FIELD) if f.field == "email"]
    kept = [f for f in wrong if f.found and was_right(index, f)]
    without = [f for f in wrong if f.expected and not f.found]
    kept, without = (
        group if all(_was_of_another(index, f) for f in group) else [] for group in (kept, without)
    )
    if not kept and len(without) < _SEVERAL:
        return
    shows = [f"keeps the former e-mail address of {counted(len(kept), 'user')}"] if kept else []
    if without:
        shows += [f"shows no e-mail address of {counted(len(without), 'user')}"]
    whose, does = "whose new one was another person's before", "updates"
    if without:
        whose, does = "whose address at Clever is another person's, or was before", "stores"
    yield LikelyCause(
        "needs-unique:email",
        f"Your app {joined(shows)} {whose}; other addresses it {does}.",
        "Store each person's address as Clever sends it: make it unique nowhere, or update all "
        "addresses of a sync at once.",
        [*kept, *without],
    )


def _was_of_another(index: RecordingIndex, finding: Finding) -> bool:
    """Whether the address that a user should have was another one's by that day."""
    sought = finding.expected.casefold()
    return bool(sought) and any(
        clever_id != finding.clever_id and (user.get("email") or "").casefold() == sought
        for day in (*index.before(finding.district, finding.day), finding.day)
        for clever_id, user in index.roster(finding.district, day).users.items()
    )
