"""Removals: what the records an app leaves in use share, among all that Clever stopped sharing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast

from harness.assess.between_syncs import steps
from harness.assess.causes.likely_cause import part
from harness.assess.findings import Finding
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind, User, roles_of
from harness.district.data_model.roster import Roster

_NEARLY = 0.9
_CONTRAST = 3
"""So many records that were archived must not have it, or it sets nothing apart."""
_MANY = 20
"""So many were archived without it, or what a single one has tells nothing."""
_ONE = {"have": "has", "are": "is"}
_Removal = tuple[str, str, str]
"""District, Clever ID, and the first day without it."""


def in_common(index: RecordingIndex, kept: Sequence[Finding]) -> str:
    """What nearly all of these have in common and those that were archived have not; or ""."""
    if len(kinds := {finding.kind for finding in kept}) != 1:
        return ""
    kind = Kind(kinds.pop())
    removals = index.cached(("removals", kind), lambda: _removals(index, kind))
    ids = {(finding.district, finding.clever_id) for finding in kept}
    still = [r for r in removals if _is_kept(index, r)]
    left = {r[:2]: removals[r] for r in still if r[:2] in ids}
    gone = [traits for r, traits in removals.items() if r not in still]
    if len(left) == 1:
        return _alone(next(iter(left.values())), gone)
    most = Counter(trait for traits in left.values() for trait in traits)
    for trait, number in most.most_common():
        others = sum(trait in traits for traits in gone)
        if number < max(2, _NEARLY * len(left)) or others > (1 - _NEARLY) * len(gone):
            continue
        if len(gone) - others >= _CONTRAST:
            some = "Both" if number == len(left) == 2 else part(number, len(left)).capitalize()
            rest = f"{len(gone) - others:,} others of that kind it archived"
            return f" {some} {trait}; {rest}."
    return ""


def _alone(traits: Collection[str], gone: Sequence[Collection[str]]) -> str:
    """What the only one has, of many, that none of those that were archived has; or ""."""
    if len(gone) < _MANY:
        return ""
    own = sorted(trait for trait in traits if not any(trait in others for others in gone))
    words = next((re.sub("^have|^are", lambda verb: _ONE[verb[0]], trait) for trait in own), "")
    others = f"unlike the {len(gone):,} others of that kind, which it archived"
    return f" The only one {words}, {others}." if words else ""


def archived_in_time(index: RecordingIndex, kept: Sequence[Finding]) -> int:
    """How many records of the same kinds the app archived as soon as they were gone, on any day."""
    number = 0
    for kind in {Kind(finding.kind) for finding in kept}:
        removals = index.cached(("removals", kind), partial(_removals, index, kind))
        number += sum(not _is_kept(index, removal) for removal in removals)
    return number


def _is_kept(index: RecordingIndex, removal: _Removal) -> bool:
    district, clever_id, day = removal
    kind = index.kind_of(district, clever_id)
    return bool(index.holdings(district, day).active_rows(kind, clever_id))


def _removals(index: RecordingIndex, kind: Kind) -> Mapping[_Removal, frozenset[str]]:
    """What Clever stopped sharing, was in use in the app, and what was so about it."""
    removals: dict[_Removal, frozenset[str]] = {}
    for step in steps(index, kind):
        listed = _listed(step.now) if kind is Kind.USERS else frozenset()
        gone = step.then.of(kind).keys() - step.now.of(kind).keys()
        for clever_id in gone & step.held:
            traits = {*_traits(kind, clever_id, step.then, step.now)}
            traits |= {"are still listed by a section"} if clever_id in listed else set()
            removals[step.district, clever_id, step.day] = frozenset(traits)
    return removals


def _listed(roster: Roster) -> frozenset[str]:
    """Everybody whom a section names."""
    sections = roster.sections.values()
    return frozenset(
        i for section in sections for i in (*section["students"], *section["teachers"])
    )


_LINKS = {"school": Kind.SCHOOLS, "course": Kind.COURSES, "term_id": Kind.TERMS}


def _traits(kind: Kind, clever_id: str, then: Roster, now: Roster) -> Iterator[str]:
    record = then.of(kind)[clever_id]
    fields = cast(Mapping[str, Any], record)
    roles = roles_of(cast(User, record)) if kind is Kind.USERS else {}
    schools = [role.get("school") for role in cast(Mapping[str, Any], roles).values()]
    for key, linked in _LINKS.items():
        links = [fields[key]] if fields.get(key) else schools if key == "school" else []
        noun = str(linked)[:-1]
        if any(link in then.of(linked) and link not in now.of(linked) for link in links):
            yield f"are of a {noun} that Clever stopped sharing with them"
        elif any(link in now.of(linked) for link in links):
            yield f"are of a {noun} that Clever goes on sharing"
    if len(roles) > 1:
        yield "have several roles"
    for role in roles:
        yield f"have the role `{role}`"
    if kind is Kind.SECTIONS:
        yield "have students" if fields.get("students") else "have no students"
