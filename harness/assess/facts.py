"""Facts: what the recording says without judging, for drafts of answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from urllib.parse import parse_qsl

from harness.assess.edit_persistence import edit_words
from harness.assess.matching import matching_words
from harness.assess.recording_index import RecordingIndex
from harness.assess.traffic_report import traffic_words
from harness.contract.snapshot import HeldUser, Status
from harness.contract.sync import Mode
from harness.plan.plan import COMMON
from harness.prose import joined

_DATA = re.compile(r"/v(\d+\.\d+)/([a-z]+)")
_SAID = {
    "student": "students",
    "teacher": "teachers",
    "staff": "staff (school administrators)",
    "district_admin": "district administrators",
    "contact": "contacts",
}


def facts(index: RecordingIndex) -> Mapping[str, str]:
    """Words for the {placeholders} of drafts; only what is known is in it."""
    known: dict[str, str] = {"syncs": str(_syncs(index)), "events": _events(index)}
    known |= _traffic(index)
    days = index.days_of(COMMON)
    if days:
        roster = index.roster(COMMON, days[0])
        in_class = {i for s in roster.sections.values() for i in (*s["students"], *s["teachers"])}
        expected = [u for u in roster.users.values() if index.expectations.expects(u)]
        known["users"] = str(len(expected))
        known["sparse_users"] = str(sum(1 for user in expected if not user.get("email")))
        known["unassociated"] = str(sum(1 for user in expected if user["id"] not in in_class))
        known["user_types"] = _user_types(index)
    known["lessons"] = str(sum(1 for act in index.lessons if not act.refused))
    known |= edit_words(index)
    known["matching"] = matching_words(index)
    known["declaration"] = index.expectations.declared("progress")
    return {key: words for key, words in known.items() if words}


def _syncs(index: RecordingIndex) -> int:
    return sum(len(index.days_of(district)) for district in index.recording.header.plan.days)


def _traffic(index: RecordingIndex) -> dict[str, str]:
    versions: set[str] = set()
    kinds: Counter[str] = Counter()
    tokens = False
    for request in index.traffic.requests:
        tokens |= request.path == "/oauth/tokens" and "owner_type=district" in request.query
        if found := _DATA.match(request.path):
            versions.add(found[1])
            if found[2] != "events":
                kinds[found[2]] += 1
    if not kinds:
        return {}
    read = joined(sorted(kinds))
    how = "reading each district's token from Clever" if tokens else "with one token per district"
    mode, stats = index.recording.header.mode, traffic_words(index)
    stats = f": {stats}." if stats else "."
    method = {
        Mode.FULL: f"Full data syncs{stats}",
        Mode.EVENTS: f"A full sync at first share, events from then on{stats}",
        Mode.LOGIN: "When users log in.",
    }[mode]
    style = {
        Mode.FULL: "With a batched sync; it reads all data every time.",
        Mode.EVENTS: "With a batched sync that processes events.",
        Mode.LOGIN: "Upon login.",
    }[mode]
    return {
        "api_versions": joined(sorted(versions)),
        "records_read": f"{read[0].upper()}{read[1:]}.",
        "district_tokens": f"Yes, {how}.",
        "update_method": method,
        "update_style": style,
    }


def _events(index: RecordingIndex) -> str:
    """Which events the app read, by the filters of its requests."""
    asked = [r for r in index.traffic.requests if re.match(r"/v[\d.]+/events", r.path)]
    if not asked:
        none = "None: we do not use events. No request to the Events API was made."
        return none if index.traffic.requests else ""
    filters = {
        kind
        for request in asked
        for name, kind in parse_qsl(request.query)
        if name in ("record_type", "record_type[]")
    }
    kinds = f"Of {joined(sorted(filters))}, by a filter" if filters else "Of all record types"
    return f"{kinds}; the rehearsal saw {len(asked)} requests to the Events API."


def _user_types(index: RecordingIndex) -> str:
    roles: Counter[str] = Counter()
    for taken in index.snapshots_taken:
        for row in taken.snapshot.users:
            if isinstance(row, HeldUser) and row.status is Status.ACTIVE:
                roles.update(role.role for role in row.roles)
        if roles:
            break
    held = [said for role, said in _SAID.items() if roles[role]]
    if not held:
        return ""
    words = joined(held)
    return f"{words[0].upper()}{words[1:]}."
