"""Which events an app leaves out because they do not fit what it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from harness.assess.causes.events import different_by_events_alone
from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.contract.sync import Mode
from harness.district.clever.event_payloads import previous_attributes
from harness.district.data_model.records import Kind
from harness.plan.plan import Incident
from harness.prose import counted, few

_MOST = 0.5
"""Part of the records with such an event that are wrong when the app leaves it out."""
_Key = tuple[str, str]
"""District and Clever ID."""


@dataclass(frozen=True, slots=True)
class _OutOfTurn:
    """What had an event that does not say what becomes of it in the app."""

    came: set[_Key] = field(default_factory=set)
    """The event said updated."""
    changed: set[_Key] = field(default_factory=set)
    """The event said created."""
    without_term: set[_Key] = field(default_factory=set)
    """Sections that were deleted after their term."""


def left_out(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Whatever came, or whatever changed, is not in the app where its event is out of turn."""
    if index.recording.header.mode is not Mode.EVENTS:
        return
    told = index.cached("events out of turn", lambda: _out_of_turn(index))
    behind = {
        name: [f for f in findings if (f.district, f.clever_id) in getattr(told, name)]
        for name in ("came", "changed", "without_term")
    }
    wrong = {name: {(f.district, f.clever_id) for f in about} for name, about in behind.items()}
    lacking = shaped(behind["came"], FindingKind.MISSING)
    alone = different_by_events_alone(index, findings)
    if lacking and len(wrong["came"]) > _MOST * len(told.came) and not wrong["changed"]:
        yield _cause("`updated` of a record that it does not have", behind["came"])
    elif alone and len(wrong["changed"]) > _MOST * len(told.changed) and not wrong["came"]:
        yield _cause("`created` of a record that it has in use", behind["changed"])
    elif alone and all((f.district, f.clever_id) in told.without_term for f in alone):
        yield _cause("`deleted` of a section whose term was deleted before it", alone)


def _cause(what: str, behind: list[Finding]) -> LikelyCause:
    names = list(dict.fromkeys(f.name for f in behind if f.name))
    records = len({(f.district, f.clever_id) for f in behind})
    return LikelyCause(
        "ignores-events",
        f"Your app does not apply an event that says {what}: it differs from Clever in "
        f"{counted(records, 'record')}, such as {few(names, 2)}.",
        "Look the Clever ID up, whatever an event is called: after `created` or `updated` store "
        "the whole record and put it into use, after `deleted` archive it.",
        behind,
    )


def _out_of_turn(index: RecordingIndex) -> _OutOfTurn:
    told = _OutOfTurn()
    for incident in index.recording.header.plan.incidents:
        district, day = incident.district, incident.day
        before = index.before(district, day)
        if incident.what != Incident.UNHEARD or not before:
            continue
        then, now = index.roster(district, before[-1]), index.roster(district, day)
        for kind in KINDS:
            was, has = then.of(kind), now.of(kind)
            if kind is not Kind.TERMS:
                told.came.update((district, key) for key in has.keys() - was.keys())
            told.changed.update(
                (district, key)
                for key in has.keys() & was.keys()
                if previous_attributes(kind, was[key], has[key])
            )
        gone = then.terms.keys() - now.terms.keys()
        told.without_term.update(
            (district, key)
            for key, section in then.sections.items()
            if key not in now.sections and section.get("term_id") in gone
        )
    return told


OUT_OF_TURN: tuple[Rule, ...] = (left_out,)
